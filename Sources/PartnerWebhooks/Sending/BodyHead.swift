// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Reads the beginning of an answer's body.
///
/// The client's own deadline ends with the answer's head, so the body gets a clock of its own. A body that breaks or does
/// not end in time does not undo the status: the receiver has answered.
enum BodyHead {
    private final class Collected: Sendable {
        private let state = Mutex((bytes: [UInt8](), isComplete: false))

        var value: (bytes: [UInt8], isCut: Bool) { state.withLock { ($0.bytes, !$0.isComplete) } }

        /// Whether there is room for more.
        func append(_ chunk: ByteBuffer, bytesMax: Int) -> Bool {
            state.withLock { state in
                state.bytes.append(contentsOf: chunk.readableBytesView.prefix(bytesMax - state.bytes.count + 1))
                guard state.bytes.count > bytesMax else { return true }
                state.bytes.removeLast(state.bytes.count - bytesMax)
                return false
            }
        }

        func complete() { state.withLock { $0.isComplete = true } }
    }

    static func read(
        _ response: HTTPClientResponse, bytesMax: Int, deadline: NIODeadline
    ) async -> (bytes: [UInt8], isCut: Bool) {
        let collected = Collected()
        if response.version.major < 2 && response.headers.first(name: "content-length") == "0" {
            // Nothing can come, so nothing needs a clock; reading to the end frees the connection.
            await collect(response, bytesMax: bytesMax, into: collected)
            return collected.value
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await collect(response, bytesMax: bytesMax, into: collected) }
            group.addTask { try? await Task.sleep(for: (deadline - .now()).duration) }
            await group.next()
            group.cancelAll()
        }
        return collected.value
    }

    private static func collect(_ response: HTTPClientResponse, bytesMax: Int, into collected: Collected) async {
        do {
            for try await chunk in response.body {
                guard collected.append(chunk, bytesMax: bytesMax) else { return }
            }
            if !Task.isCancelled { collected.complete() }
        } catch {
            // What came before the body broke is kept; it stays marked as cut.
        }
    }
}

extension TimeAmount {
    fileprivate var duration: Duration { .nanoseconds(max(0, nanoseconds)) }
}
