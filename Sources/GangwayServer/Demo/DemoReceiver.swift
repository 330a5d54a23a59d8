// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// A partner's webhook receiver on a free port of this machine.
struct DemoReceiver: Sendable {
    struct Post: Sendable {
        /// Names in lower case.
        let headers: [String: String]
        let body: [UInt8]
    }

    let url: String
    private let posts: AsyncStream<Post>
    private let group: ServiceGroup
    private let task: Task<Void, any Error>

    static func start() async throws -> DemoReceiver {
        let (posts, arrived) = AsyncStream.makeStream(of: Post.self)
        let router = Router()
        router.post("webhook") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            let headers = request.headers.map { ($0.name.canonicalName, $0.value) }
            arrived.yield(
                Post(headers: Dictionary(headers, uniquingKeysWith: { $1 }), body: Array(body.readableBytesView)))
            return HTTPResponse.Status.ok
        }
        let port = PortPromise()
        var logger = Logger(label: "demo-receiver")
        logger.logLevel = .error
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.fulfil($0.localAddress?.port ?? 0) }, logger: logger)
        let group = ServiceGroup(services: [application], logger: logger)
        let task = Task { try await group.run() }
        return DemoReceiver(
            url: "http://127.0.0.1:\(try await port.value())/webhook", posts: posts, group: group, task: task)
    }

    func next(within patience: Duration) async throws -> Post {
        try await withThrowingTaskGroup(of: Post?.self) { group in
            group.addTask { [posts] in
                for await post in posts { return post }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: patience)
                return nil
            }
            defer { group.cancelAll() }
            guard let post = try await group.next().flatMap({ $0 }) else {
                throw Demo.Failure(description: "no webhook came within \(patience)")
            }
            return post
        }
    }

    func stop() async {
        await group.triggerGracefulShutdown()
        _ = try? await task.value
    }
}
