// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// A server below HTTP, for what a proper one never does. Each connection gets its number and runs `script` on a thread.
final class RawReceiver: Sendable {
    struct Connection: Sendable {
        let number: Int
        let descriptor: Int32

        /// Reads up to the end of one request with `content-length: 2`, or to the end of the connection.
        func readRequest() -> String? {
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(descriptor, &chunk, chunk.count)
                guard count > 0 else { return nil }
                bytes += chunk[..<count]
                let text = String(decoding: bytes, as: UTF8.self)
                if text.hasSuffix("\r\n\r\n{}") { return text }
            }
        }

        func write(_ text: String) {
            _ = text.withCString { send(descriptor, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
        }
    }

    let port: Int
    private let listener: Int32
    private let count = Mutex(0)

    var connectionCount: Int { count.withLock { $0 } }

    init(script: @escaping @Sendable (Connection) -> Void) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (listener, bound) = (listener, address)
        let isBound = withUnsafePointer(to: bound) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) == 0 }
        }
        guard isBound, listen(listener, 16) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                let number = self?.count.withLock { count in
                    count += 1
                    return count
                }
                guard let number else { return }
                Thread.detachNewThread {
                    script(Connection(number: number, descriptor: descriptor))
                    close(descriptor)
                }
            }
        }
    }

    /// Connections that are open go on; new ones are refused.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }
}
