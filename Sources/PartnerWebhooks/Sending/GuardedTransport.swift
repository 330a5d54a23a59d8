// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// Calls partners' URLs and nothing that the address guard denies: it picks a permitted address, dials exactly that one,
/// and judges each connection again when it stands. No redirects, no proxies, no unbounded answers.
package final class GuardedTransport: Sendable {
    package static let bodyHeadBytesMax = 16 * 1024

    private let addresses: AddressGuard
    private let resolver: HostResolver
    private let clients: PinnedClients
    private let staleWindow: Duration

    /// - Parameters:
    ///   - clientCountMax: pairs of host and address whose connections are kept.
    package convenience init(
        addresses: AddressGuard, lookup: any HostLookup = SystemHostLookup(), connectTimeout: Duration = .seconds(5),
        clientCountMax: Int = 512
    ) {
        self.init(
            choosingBy: addresses, provingBy: addresses, lookup: lookup, connectTimeout: connectTimeout,
            clientCountMax: clientCountMax)
    }

    /// Two guards, so that tests can show that the second one holds where the first one was deceived.
    init(
        choosingBy addresses: AddressGuard, provingBy connectionAddresses: AddressGuard, lookup: any HostLookup,
        connectTimeout: Duration = .seconds(5), clientCountMax: Int = 512, lookupMemory: TimeAmount = .seconds(10),
        staleWindow: Duration = .seconds(1)
    ) {
        let group = MultiThreadedEventLoopGroup.singleton
        self.addresses = addresses
        self.staleWindow = staleWindow
        resolver = HostResolver(lookup: lookup, memory: lookupMemory, timers: group)
        clients = PinnedClients(
            addresses: connectionAddresses, group: group, connectTimeout: connectTimeout, countMax: clientCountMax)
    }

    /// Clients whose connections are kept now.
    var clientCount: Int { clients.count }

    /// To be called once, when nothing is sent any more.
    package func shutDown() async {
        await clients.shutDown()
        await resolver.shutDown()
    }

    /// Makes one attempt.
    ///
    /// A connection that was kept open and broke within a second is replaced once, at once: receivers close idle
    /// connections, and the event's stable id makes a double harmless.
    package func send(_ post: OutgoingPost) async throws(CancellationError) -> SendResult {
        let start = ContinuousClock.now
        let deadline = NIODeadline.now() + TimeAmount(post.timeout)
        let address: IPAddress
        do {
            let found = try await resolver.addresses(of: post.url.host, deadline: deadline)
            guard let allowed = found.first(where: { addresses.verdict(on: $0, port: post.url.port) == .allowed })
            else {
                return .failed(SendFailure(kind: .blockedAddress, address: nil, latency: .now - start))
            }
            address = allowed
        } catch {
            if error is CancellationError { throw CancellationError() }
            let isLate = if case HostResolver.Failure.timeout = error { true } else { false }
            return .failed(SendFailure(kind: isLate ? .timeout : .dns, address: nil, latency: .now - start))
        }

        let key = PinnedClients.Key(host: post.url.host, address: address)
        let entry = clients.borrow(key)
        defer { clients.giveBack(key) }
        let request = Self.request(post)
        let openedBefore = entry.connections.openedCount
        do {
            return try await answer(to: request, from: entry, at: address, start: start, deadline: deadline)
        } catch {
            if Task.isCancelled { throw CancellationError() }
            let wasStale = entry.connections.openedCount == openedBefore && ContinuousClock.now - start < staleWindow
            guard wasStale, SendFailureKind(error) == .connection else {
                return failure(error, at: address, since: start)
            }
        }
        do {
            return try await answer(to: request, from: entry, at: address, start: start, deadline: deadline)
        } catch {
            if Task.isCancelled { throw CancellationError() }
            return failure(error, at: address, since: start)
        }
    }

    private func failure(
        _ error: any Error, at address: IPAddress, since start: ContinuousClock.Instant
    ) -> SendResult {
        let kind = SendFailureKind(error)
        return .failed(SendFailure(kind: kind, address: address.description, latency: .now - start))
    }

    private func answer(
        to request: HTTPClientRequest, from entry: PinnedClients.Entry, at address: IPAddress,
        start: ContinuousClock.Instant, deadline: NIODeadline
    ) async throws -> SendResult {
        let response = try await entry.client.execute(request, deadline: deadline)
        let (body, isCut) = await BodyHead.read(response, bytesMax: Self.bodyHeadBytesMax, deadline: deadline)
        if Task.isCancelled { throw CancellationError() }
        return .answered(
            ReceiverAnswer(
                status: Int(response.status.code),
                retryAfter: response.headers.first(name: "retry-after").flatMap { RetryAfter($0) },
                webhookDelivery: response.headers.first(name: "webhook-delivery"), bodyHead: body, isBodyCut: isCut,
                address: address.description, latency: .now - start))
    }

    private static func request(_ post: OutgoingPost) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: post.url.text)
        request.method = .POST
        for header in post.headers { request.headers.add(name: header.name, value: header.value) }
        request.body = .bytes(ByteBuffer(bytes: post.body))
        return request
    }
}
