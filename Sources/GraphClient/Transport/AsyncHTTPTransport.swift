// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The transport of production: pooled HTTP/1.1 or HTTP/2, no redirects, one deadline over connection, head and body.
final class AsyncHTTPTransport: GraphTransport {
    private let client: HTTPClient
    private let timeout: Duration
    private let maximumResponseBytes: Int

    init(configuration: GraphConfiguration) {
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow)
        settings.timeout.connect = .milliseconds(configuration.connectTimeout.milliseconds)
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.connectionsPerHost
        // A call that found no connection is repeated by the durable work above, which knows whether it may.
        settings.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        timeout = configuration.timeout
        maximumResponseBytes = configuration.maximumResponseBytes
    }

    func shutdown() async {
        try? await client.shutdown()
    }

    func exchange(_ call: PreparedCall) async throws(TransportFailure) -> TransportAnswer {
        let outcome = await withTaskGroup(of: Result<TransportAnswer, TransportFailure>?.self) { group in
            group.addTask { await self.perform(call) }
            group.addTask { [timeout] in
                // Nil when the exchange was first and cancelled this sleep.
                (try? await Task.sleep(for: timeout)).map { .failure(Self.failure(.timedOut)) }
            }
            while let finished = await group.next() {
                guard let finished else { continue }
                group.cancelAll()
                return finished
            }
            return .failure(Self.failure(.cancelled))
        }
        return try outcome.get()
    }

    private func perform(_ call: PreparedCall) async -> Result<TransportAnswer, TransportFailure> {
        var request = HTTPClientRequest(url: call.url)
        request.method = HTTPMethod(rawValue: call.method.rawValue)
        if let authorization = call.authorization { request.headers.add(name: "Authorization", value: authorization) }
        if let contentType = call.contentType { request.headers.add(name: "Content-Type", value: contentType) }
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "User-Agent", value: "gangway")
        if let body = call.body { request.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let deadline = NIODeadline.now() + .milliseconds(timeout.milliseconds) + .seconds(1)
            let response = try await client.execute(request, deadline: deadline)
            let body = try await response.body.collect(upTo: maximumResponseBytes)
            var headers: [String: String] = [:]
            for header in response.headers { headers[header.name.lowercased()] = header.value }
            let bytes = Array(body.readableBytesView)
            return .success(TransportAnswer(status: Int(response.status.code), headers: headers, body: bytes))
        } catch {
            return .failure(Self.failure(error))
        }
    }

    private static func failure(_ reason: TransportFailure.Reason) -> TransportFailure {
        TransportFailure(reason: reason, isNothingSent: false)
    }

    /// A pooled connection that the other side closed looks the same before and after the write: not certain, so unknown.
    private static func failure(_ error: any Error) -> TransportFailure {
        if isBeforeWriting(error) { return TransportFailure(reason: .connectFailed, isNothingSent: true) }
        if error is CancellationError { return failure(.cancelled) }
        if error is NIOTooManyBytesError { return failure(.answerTooLarge) }
        switch error as? HTTPClientError {
        case .cancelled: return failure(.cancelled)
        case .deadlineExceeded, .readTimeout: return failure(.timedOut)
        default: return failure(.connectionLost)
        }
    }

    private static func isBeforeWriting(_ error: any Error) -> Bool {
        if error is NIOConnectionError { return true }
        // What a literal address gives in place of the above; the kernel returns it to `connect` alone.
        if let code = (error as? IOError)?.errnoCode, code == ECONNREFUSED { return true }
        if case .connectTimeout? = error as? ChannelError { return true }
        return (error as? HTTPClientError).map(beforeWriting.contains) ?? false
    }

    private static var beforeWriting: [HTTPClientError] {
        [
            .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .invalidURL, .emptyHost,
            .emptyScheme, .alreadyShutdown, .socksHandshakeTimeout, .httpProxyHandshakeTimeout,
        ]
    }
}
