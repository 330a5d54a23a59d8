// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import PartnerWebhooks

private let loopback = ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) }
private let policy = EndpointURLPolicy(allowsHTTP: true, allowedRanges: loopback)
private let open = AddressGuard(allowedRanges: loopback)

private func post(_ url: String, timeout: Duration = .seconds(10)) throws -> OutgoingPost {
    OutgoingPost(
        url: try EndpointURL(url, policy: policy), headers: [("content-type", "application/json")],
        body: Array("{}".utf8),
        timeout: timeout)
}

private func withTransport<Result>(
    _ transport: GuardedTransport, _ body: (GuardedTransport) async throws -> Result
) async throws -> Result {
    do {
        let result = try await body(transport)
        await transport.shutDown()
        return result
    } catch {
        await transport.shutDown()
        throw error
    }
}

extension SendResult {
    fileprivate var answer: ReceiverAnswer? { if case .answered(let answer) = self { answer } else { nil } }
    fileprivate var failure: SendFailure? { if case .failed(let failure) = self { failure } else { nil } }
}

@Suite(.timeLimit(.minutes(1))) struct GuardedTransportTests {
    @Test func `body and headers arrive as they are, and the answer comes back`() async throws {
        try await LocalReceiver.with { _ in
            var headers = HTTPFields()
            headers[.retryAfter] = "120"
            headers[try #require(HTTPField.Name("webhook-delivery"))] = "disable"
            return Response(
                status: .serviceUnavailable, headers: headers, body: .init(byteBuffer: ByteBuffer(string: "later")))
        } _: { receiver, port in
            try await withTransport(GuardedTransport(addresses: open)) { transport in
                let url = try EndpointURL("http://127.0.0.1:\(port)/in?a=b", policy: policy)
                let body = Array(#"{"é":"\u00e9 \/"}"#.utf8)
                let headers = [("webhook-id", "evt_1"), ("user-agent", "Gangway/1")]
                let sent = OutgoingPost(url: url, headers: headers, body: body)
                let answer = try #require(try await transport.send(sent).answer)
                #expect(answer.status == 503)
                #expect(answer.retryAfter == .seconds(120))
                #expect(answer.webhookDelivery == "disable")
                #expect(answer.bodyHead == Array("later".utf8) && !answer.isBodyCut)
                #expect(answer.address == "127.0.0.1")
                let received = try #require(receiver.received.first)
                #expect(received.path == "/in" && received.body == body)
                #expect(received.headers["webhook-id"] == "evt_1" && received.headers["user-agent"] == "Gangway/1")
            }
        }
    }

    @Test func `a public name that leads to loopback is blocked without the operator's leave`() async throws {
        try await LocalReceiver.with { _ in
            Response(status: .ok)
        } _: { receiver, port in
            let lookup = TableLookup(["hooks.example.com": ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254"]])
            try await withTransport(GuardedTransport(addresses: AddressGuard(), lookup: lookup)) { transport in
                let failure = try await transport.send(post("http://hooks.example.com:\(port)/in")).failure
                #expect(failure?.kind == .blockedAddress)
                #expect(failure?.address == nil)
            }
            #expect(receiver.received.isEmpty)
        }
    }

    @Test func `the connection is judged again, whatever name resolution said`() async throws {
        try await LocalReceiver.with { _ in
            Response(status: .ok)
        } _: { receiver, port in
            let deceived = GuardedTransport(
                choosingBy: open, provingBy: AddressGuard(), lookup: TableLookup(["hooks.example.com": ["127.0.0.1"]]))
            try await withTransport(deceived) { transport in
                for url in ["http://hooks.example.com:\(port)/in", "http://127.0.0.1:\(port)/in"] {
                    let failure = try await transport.send(post(url)).failure
                    #expect(failure?.kind == .blockedAddress)
                }
            }
            #expect(receiver.received.isEmpty)
        }
    }

    @Test func `of several addresses the first allowed one is dialled under the host's own name`() async throws {
        try await LocalReceiver.with { _ in
            Response(status: .ok)
        } _: { receiver, port in
            let lookup = TableLookup(["hooks.example.com": ["10.0.0.1", "127.0.0.1"]])
            try await withTransport(GuardedTransport(addresses: open, lookup: lookup)) { transport in
                let answer = try await transport.send(post("http://hooks.example.com:\(port)/in")).answer
                #expect(answer?.status == 200 && answer?.address == "127.0.0.1")
            }
            #expect(receiver.received.count == 1)
        }
    }

    @Test func `our own ports are blocked even where the operator allows the range`() async throws {
        try await LocalReceiver.with { _ in
            Response(status: .ok)
        } _: { receiver, port in
            let own = AddressGuard(allowedRanges: loopback, ownPorts: [port])
            try await withTransport(GuardedTransport(addresses: own)) { transport in
                let failure = try await transport.send(post("http://127.0.0.1:\(port)/in")).failure
                #expect(failure?.kind == .blockedAddress)
            }
            #expect(receiver.received.isEmpty)
        }
    }

    @Test func `redirects are reported, not followed`() async throws {
        try await LocalReceiver.with { received in
            Response(status: received.path == "/in" ? .found : .ok, headers: [.location: "/elsewhere"])
        } _: { receiver, port in
            try await withTransport(GuardedTransport(addresses: open)) { transport in
                let answer = try await transport.send(post("http://127.0.0.1:\(port)/in")).answer
                #expect(answer?.status == 302)
            }
            #expect(receiver.received.map(\.path) == ["/in"])
        }
    }

    @Test func `an endless body is cut at 16 KiB, and the next call works`() async throws {
        try await LocalReceiver.with { _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    let chunk = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1000)
                    while !Task.isCancelled { try await writer.write(chunk) }
                })
        } _: { _, port in
            try await withTransport(GuardedTransport(addresses: open)) { transport in
                for _ in 0..<3 {
                    let answer = try await transport.send(post("http://127.0.0.1:\(port)/in")).answer
                    #expect(answer?.status == 200)
                    #expect(answer?.bodyHead.count == 16 * 1024)
                    #expect(answer?.isBodyCut == true)
                }
            }
        }
    }

    @Test func `a body of exactly 16 KiB is whole`() async throws {
        try await LocalReceiver.with { _ in
            Response(status: .ok, body: .init(byteBuffer: ByteBuffer(repeating: 7, count: 16 * 1024)))
        } _: { _, port in
            try await withTransport(GuardedTransport(addresses: open)) { transport in
                let answer = try await transport.send(post("http://127.0.0.1:\(port)/in")).answer
                #expect(answer?.bodyHead.count == 16 * 1024 && answer?.isBodyCut == false)
            }
        }
    }

    @Test func `concurrent calls look a name up once and share clients`() async throws {
        try await LocalReceiver.with { _ in
            Response(status: .ok)
        } _: { receiver, port in
            let lookup = TableLookup(["hooks.example.com": ["127.0.0.1"]])
            try await withTransport(GuardedTransport(addresses: open, lookup: lookup)) { transport in
                let url = "http://hooks.example.com:\(port)/in"
                let statuses = try await withThrowingTaskGroup(of: Int?.self) { group in
                    for _ in 0..<50 { group.addTask { try await transport.send(post(url)).answer?.status } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(statuses == Array(repeating: 200, count: 50))
            }
            #expect(receiver.received.count == 50)
            #expect(lookup.askedCount == 1)
        }
    }
}
