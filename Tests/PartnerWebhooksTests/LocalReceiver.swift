// SPDX-License-Identifier: Apache-2.0
import Hummingbird
import Logging
import NIOCore
import PartnerWebhooks
import ServiceLifecycle
import Synchronization

/// A partner's server on a free port of 127.0.0.1, remembering what came.
final class LocalReceiver: Sendable {
    struct Received: Sendable {
        let path: String
        let headers: [String: String]
        let body: [UInt8]
    }

    private let log = Mutex<[Received]>([])

    var received: [Received] { log.withLock { $0 } }

    /// Runs `body` with the port while the receiver answers every POST by `answer`.
    static func with<Result: Sendable>(
        answer: @escaping @Sendable (Received) async throws -> Response,
        _ body: @escaping @Sendable (LocalReceiver, Int) async throws -> Result
    ) async throws -> Result {
        let receiver = LocalReceiver()
        let router = Router()
        router.post("**") { request, _ in
            let bytes = try await request.body.collect(upTo: 1 << 20)
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.canonicalName] = field.value }
            let received = Received(path: request.uri.path, headers: headers, body: Array(bytes.readableBytesView))
            receiver.log.withLock { $0.append(received) }
            return try await answer(received)
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let app = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: quiet)
        // Stopped gracefully: a cancelled server may drop a connection that it has just accepted, which NIO forbids.
        let service = ServiceGroup(configuration: .init(services: [app], logger: quiet))
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await service.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await body(receiver, port) }
                return nil
            }
            let result = await group.nextResult()
            await service.triggerGracefulShutdown()
            try await group.waitForAll()
            guard let result = try result?.get() else { throw CancellationError() }
            return result
        }
    }

    private static var quiet: Logger {
        var logger = Logger(label: "receiver")
        logger.logLevel = .critical
        return logger
    }
}

/// Answers from a table, and counts how often it was asked.
final class TableLookup: HostLookup {
    private let table: [String: [IPAddress]]
    private let count = Mutex(0)

    init(_ table: [String: [String]]) { self.table = table.mapValues { $0.compactMap { IPAddress($0) } } }

    var askedCount: Int { count.withLock { $0 } }

    func addresses(of host: String) -> [IPAddress] {
        count.withLock { $0 += 1 }
        return table[host] ?? []
    }
}
