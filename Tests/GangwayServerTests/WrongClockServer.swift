// SPDX-License-Identifier: Apache-2.0
import Foundation
import NIOCore
import NIOPosix

/// Something at Meta's address whose clock is wrong: it refuses every request, and says a `Date` of its own. Our servers cannot
/// play it, since they write the machine's time over any other.
enum WrongClockServer {
    /// `aheadSeconds`: of this machine. Runs `body` with the address.
    static func with<Result>(aheadSeconds: Double, _ body: (_ url: String) async throws -> Result) async throws
        -> Result
    {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Refusal(aheadSeconds: aheadSeconds))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body("http://127.0.0.1:\(listener.localAddress?.port ?? 0)")
            try await listener.close()
            return result
        } catch {
            try? await listener.close()
            throw error
        }
    }

    private final class Refusal: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let aheadSeconds: Double
        private var hasAnswered = false

        init(aheadSeconds: Double) { self.aheadSeconds = aheadSeconds }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !hasAnswered else { return }
            hasAnswered = true
            let lines = [
                "HTTP/1.1 400 Bad Request", "date: \(date)", "content-type: application/json", "content-length: 2",
                "connection: close", "", "{}",
            ]
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: lines.joined(separator: "\r\n"))), promise: nil)
            context.close(promise: nil)
        }

        /// Source: RFC 9110, IMF-fixdate.
        private var date: String {
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.timeZone = TimeZone(identifier: "GMT")
            format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
            return format.string(from: Date(timeIntervalSinceNow: aheadSeconds))
        }
    }
}
