// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

@testable import PartnerWebhooks

private let loopback = ["127.0.0.0/8"].compactMap { AddressRange($0) }
private let policy = EndpointURLPolicy(allowsHTTP: true, allowedRanges: loopback)

/// Answers when it is released.
private final class StuckLookup: HostLookup {
    let released = DispatchSemaphore(value: 0)

    func addresses(of host: String) -> [IPAddress] {
        released.wait()
        return []
    }
}

@Suite(.timeLimit(.minutes(1))) struct GuardedTransportFailureTests {
    private func results(
        of url: String, count: Int = 1, timeout: Duration = .seconds(10), lookup: any HostLookup = SystemHostLookup()
    ) async throws -> [String] {
        let addresses = AddressGuard(allowedRanges: loopback)
        // A wide window, so that a busy machine does not decide what counts as stale.
        let transport = GuardedTransport(
            choosingBy: addresses, provingBy: addresses, lookup: lookup, staleWindow: .seconds(60))
        let url = try EndpointURL(url, policy: policy)
        var results: [String] = []
        for _ in 0..<count {
            let post = OutgoingPost(url: url, headers: [], body: Array("{}".utf8), timeout: timeout)
            switch try await transport.send(post) {
            case .answered(let answer): results.append("\(answer.status)\(answer.isBodyCut ? " cut" : "")")
            case .failed(let failure): results.append(failure.kind.rawValue)
            }
        }
        await transport.shutDown()
        return results
    }

    @Test func `a name without address is a failure of name resolution`() async throws {
        #expect(try await results(of: "http://gone.example.com/", lookup: TableLookup([:])) == ["dns"])
    }

    @Test func `a name server that does not answer costs no more than the timeout`() async throws {
        let lookup = StuckLookup()
        let transport = GuardedTransport(addresses: AddressGuard(), lookup: lookup)
        let url = try EndpointURL("https://slow.example.com/")
        let post = OutgoingPost(url: url, headers: [], body: [], timeout: .milliseconds(100))
        let result = try await transport.send(post)
        lookup.released.signal()
        await transport.shutDown()
        guard case .failed(let failure) = result else { throw CancellationError() }
        #expect(failure.kind == .timeout)
    }

    @Test func `a closed port is a failure of the connection`() async throws {
        let receiver = try RawReceiver { _ in }
        receiver.stop()
        #expect(try await results(of: "http://127.0.0.1:\(receiver.port)/") == ["connection"])
    }

    @Test func `a receiver that takes the request and never answers times out`() async throws {
        let receiver = try RawReceiver { connection in
            _ = connection.readRequest()
            _ = connection.readRequest()
        }
        defer { receiver.stop() }
        #expect(try await results(of: "http://127.0.0.1:\(receiver.port)/", timeout: .milliseconds(300)) == ["timeout"])
    }

    @Test func `a body that never ends does not undo the status`() async throws {
        let receiver = try RawReceiver { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf")
            _ = connection.readRequest()
        }
        defer { receiver.stop() }
        #expect(try await results(of: "http://127.0.0.1:\(receiver.port)/", timeout: .milliseconds(300)) == ["200 cut"])
    }

    @Test func `a server without TLS fails as TLS`() async throws {
        let receiver = try RawReceiver { connection in connection.write("HTTP/1.1 400 Bad Request\r\n\r\n") }
        defer { receiver.stop() }
        #expect(try await results(of: "https://127.0.0.1:\(receiver.port)/") == ["tls"])
    }

    @Test func `connections are used again, and one that was closed meanwhile is replaced once`() async throws {
        let receiver = try RawReceiver { connection in
            for number in 1... {
                // The first connection breaks on its third request.
                guard connection.readRequest() != nil, !(connection.number == 1 && number == 3) else { return }
                connection.write("HTTP/1.1 204 No Content\r\n\r\n")
            }
        }
        defer { receiver.stop() }
        let found = try await results(of: "http://127.0.0.1:\(receiver.port)/", count: 5)
        #expect(found == ["204", "204", "204", "204", "204"])
        #expect(receiver.connectionCount == 2)
    }

    @Test func `a new connection that breaks is not repeated`() async throws {
        let receiver = try RawReceiver { connection in _ = connection.readRequest() }
        defer { receiver.stop() }
        #expect(try await results(of: "http://127.0.0.1:\(receiver.port)/") == ["connection"])
        #expect(receiver.connectionCount == 1)
    }

    @Test func `a cancelled call throws and gives no result`() async throws {
        let arrived = AsyncStream.makeStream(of: Void.self)
        let receiver = try RawReceiver { connection in
            _ = connection.readRequest()
            arrived.continuation.yield()
            _ = connection.readRequest()
        }
        defer { receiver.stop() }
        let transport = GuardedTransport(addresses: AddressGuard(allowedRanges: loopback))
        let url = try EndpointURL("http://127.0.0.1:\(receiver.port)/", policy: policy)
        let call = Task { try await transport.send(OutgoingPost(url: url, headers: [], body: Array("{}".utf8))) }
        for await _ in arrived.stream { break }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        await transport.shutDown()
    }

    @Test func `the number of idle clients is bounded`() async throws {
        let transport = GuardedTransport(addresses: AddressGuard(allowedRanges: loopback), clientCountMax: 3)
        let receiver = try RawReceiver { connection in
            while connection.readRequest() != nil { connection.write("HTTP/1.1 204 No Content\r\n\r\n") }
        }
        defer { receiver.stop() }
        for last in 1...8 {
            let url = try EndpointURL("http://127.0.0.\(last):\(receiver.port)/", policy: policy)
            _ = try await transport.send(OutgoingPost(url: url, headers: [], body: Array("{}".utf8)))
            #expect(transport.clientCount <= 3)
        }
        await transport.shutDown()
        #expect(transport.clientCount == 0)
    }

    @Test func `the system's resolver knows this machine`() {
        let addresses = SystemHostLookup().addresses(of: "localhost")
        #expect(!addresses.isEmpty)
        #expect(addresses.allSatisfy { AddressKind(of: $0) == .loopback })
        #expect(SystemHostLookup().addresses(of: "no-such-host.invalid").isEmpty)
    }
}
