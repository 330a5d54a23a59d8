// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Logging
import Testing

/// How far a call came, over real sockets: what decides whether its effect may have happened.
@Suite(.timeLimit(.minutes(1))) struct ReachTests {
    private static let share = ShareCreditLine(
        Sample.creditLine, wabaID: Sample.waba, currency: "USD", token: Sample.systemToken)

    private func error(
        _ answer: StubAnswer, configure: (inout GraphConfiguration) -> Void = { _ in }
    ) async throws -> (error: GraphError?, requests: Int) {
        try await StubGraph.client([answer], configure: configure) { stub, client in
            let error = await graphError { try await client.send(Self.share) }
            return (error, stub.requests.count)
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: StubAnswer
        let `class`: GraphError.Class
        let reach: GraphError.Reach
    }

    private static let html = ["Content-Type": "text/html"]

    @Test(arguments: [
        Row(testDescription: "connection dropped", answer: .drop, class: .transient, reach: .unknown),
        Row(
            testDescription: "answer cut short", answer: .truncate(body: #"{"allocation"#, announced: 90),
            class: .transient, reach: .unknown),
        Row(testDescription: "200 with nothing", answer: .json(""), class: .transient, reach: .unknown),
        Row(testDescription: "200 with half a JSON", answer: .json(#"{"a":"#), class: .transient, reach: .unknown),
        Row(testDescription: "200 with a list", answer: .json("[]"), class: .transient, reach: .unknown),
        Row(
            testDescription: "200 with a web page", answer: .reply(status: 200, headers: html, body: "{}"),
            class: .transient, reach: .unknown),
        Row(
            testDescription: "success false", answer: .json(#"{"success":false}"#), class: .transient,
            reach: .answered),
        Row(
            testDescription: "502 from a proxy", answer: .reply(status: 502, headers: html, body: "<html>"),
            class: .transient, reach: .answered),
        Row(testDescription: "503 with nothing", answer: .json("", status: 503), class: .transient, reach: .answered),
        Row(
            testDescription: "404 from a proxy", answer: .reply(status: 404, headers: html, body: "<html>"),
            class: .transient, reach: .answered),
        Row(
            testDescription: "a redirect is not followed",
            answer: .reply(status: 302, headers: ["Location": "/v26.0/1"], body: ""), class: .permanent,
            reach: .answered),
    ])
    func `an answer that is none says what may have happened`(row: Row) async throws {
        let (error, requests) = try await error(row.answer)
        #expect(error?.class == row.class)
        #expect(error?.reach == row.reach)
        #expect(error?.operation == "share_credit")
        #expect(requests == 1)
    }

    @Test func `silence ends at the deadline and is unknown`() async throws {
        let (error, requests) = try await error(.silence) { $0.timeout = .milliseconds(150) }
        #expect(error?.reach == .unknown)
        #expect(error?.class == .transient)
        #expect(error?.message.contains("in time") == true)
        #expect(requests <= 1)
    }

    @Test func `an answer beyond the cap is not read to its end`() async throws {
        let large = #"{"success":true,"x":""# + String(repeating: "y", count: 5_000) + #""}"#
        let (error, _) = try await error(.json(large)) { $0.maximumResponseBytes = 1_000 }
        #expect(error?.reach == .unknown)
        #expect(error?.message.contains("larger") == true)
    }

    @Test func `no connection means not sent`() async throws {
        // Port 1 (tcpmux) is not served anywhere.
        let client = GraphClient(
            configuration: Sample.configuration("http://127.0.0.1:1"), clock: StillClock(),
            logger: Logger(label: "test"))
        let error = await graphError { try await client.send(Self.share) }
        await client.shutdown()
        #expect(error?.reach == .notSent)
        #expect(error?.class == .transient)
        #expect(error?.mayHaveHappened == false)
    }

    @Test func `a cancelled caller gets its error at once`() async throws {
        let error = try await StubGraph.client([.silence]) { stub, client in
            let task = Task { await graphError { try await client.send(Self.share) } }
            while stub.requests.isEmpty { await Task.yield() }
            task.cancel()
            return await task.value
        }
        #expect(error?.reach == .unknown)
        #expect(error?.message.contains("gave up") == true)
    }

    @Test func `a pooled connection that Meta closed does not make a second request`() async throws {
        let answers: [StubAnswer] = [.json(#"{"allocation_config_id":"5"}"#), .drop]
        let requests = try await StubGraph.client(answers) { stub, client in
            _ = try await client.send(Self.share)
            let error = await graphError { try await client.send(Self.share) }
            #expect(error?.reach == .unknown)
            return stub.requests.count
        }
        #expect(requests == 2)
    }

    @Test(arguments: ["../oauth", "1?x=1", "1/", "", "1 2", "1%2f2", "1.2"])
    func `an id that would choose another path is never sent`(id: String) async throws {
        let error = await graphError {
            try await GraphClient.scripted(ScriptedTransport([])).send(
                ReadWABA(WABAID(id), fields: [], token: Sample.businessToken))
        }
        #expect(error?.reach == .notSent)
        #expect(error?.class == .permanent)
    }
}
