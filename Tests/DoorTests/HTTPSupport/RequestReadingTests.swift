// SPDX-License-Identifier: Apache-2.0
import HTTPSupport
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct RequestReadingTests {
    private func request(_ body: RequestBody, _ headers: HTTPFields = [:]) -> Request {
        Request(
            head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/x", headerFields: headers), body: body
        )
    }

    @Test("a body of exactly the limit is read, one byte more is refused")
    func limit() async throws {
        let atLimit = request(RequestBody(buffer: ByteBuffer(string: String(repeating: "a", count: 100))))
        #expect(try await atLimit.readBody(upTo: 100).readableBytes == 100)
        let above = request(RequestBody(buffer: ByteBuffer(string: String(repeating: "a", count: 101))))
        await #expect(throws: RequestFault.bodyTooLarge(limit: 100)) { try await above.readBody(upTo: 100) }
    }

    @Test("an announced length above the limit is refused before a byte is read")
    func announced() async throws {
        let (body, source) = RequestBody.makeStream()
        await #expect(throws: RequestFault.bodyTooLarge(limit: 100)) {
            try await request(body, [.contentLength: "101"]).readBody(upTo: 100)
        }
        source.finish()
    }

    @Test("a body that never ends is given up at the deadline")
    func deadline() async throws {
        let (body, source) = RequestBody.makeStream()
        await source.yield(ByteBuffer(string: "{"))
        await #expect(throws: RequestFault.bodyTooSlow) {
            try await request(body).readBody(upTo: 100, within: .milliseconds(20))
        }
        source.finish()
    }

    /// Source: draft-ietf-httpapi-idempotency-key-header; reliability.md section 4.
    static let keys: [(String, String?)] = [
        ("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
        (#""8e03978e""#, "8e03978e"),
        (String(repeating: "k", count: 255), String(repeating: "k", count: 255)),
        (String(repeating: "k", count: 256), nil),
        (#""""#, nil),
        ("a b", nil),
        ("schlüssel", nil),
    ]

    @Test("idempotency keys are taken quoted and bare, 1 to 255 visible ASCII characters", arguments: keys)
    func idempotencyKey(header: String, key: String?) throws {
        var headers = HTTPFields()
        headers[try #require(HTTPField.Name("idempotency-key"))] = header
        let request = request(RequestBody(buffer: ByteBuffer()), headers)
        if let key {
            #expect(try IdempotencyKey.find(in: request) == key)
        } else {
            #expect(throws: RequestFault.invalidIdempotencyKey) { try IdempotencyKey.find(in: request) }
        }
    }

    static let bearers: [(String, String?)] = [
        ("Bearer pk_test_x", "pk_test_x"), ("bearer pk_test_x", "pk_test_x"), ("BEARER  pk_test_x", "pk_test_x"),
        ("Basic cGs6", nil), ("pk_test_x", nil), ("Bearer", nil), ("", nil),
    ]

    @Test("the key is what follows the Bearer scheme", arguments: bearers)
    func bearer(header: String, token: String?) {
        let request = request(RequestBody(buffer: ByteBuffer()), [.authorization: header])
        #expect(request.bearerToken == token)
    }

    @Test("what must not be interrupted is finished after its caller was cancelled")
    func uninterruptedWork() async throws {
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let (end, ending) = AsyncStream.makeStream(of: Bool.self)
        let caller = Task {
            try await uninterrupted {
                for await _ in gate { break }
                ending.yield(Task.isCancelled)
            }
        }
        caller.cancel()
        opening.yield()
        var ends = end.makeAsyncIterator()
        #expect(await ends.next() == false)
        try await caller.value
    }
}
