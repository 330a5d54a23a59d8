// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

@testable import GraphClient

@Suite struct GraphPagesTests {
    private func page(_ ids: [String], after: String? = nil, next: Bool) -> Result<TransportAnswer, TransportFailure> {
        let data = ids.map { #"{"id":\#($0)}"# }.joined(separator: ",")
        let cursors = after.map { #""cursors":{"before":"b","after":"\#($0)"}"# } ?? #""cursors":{}"#
        let link =
            next ? #","next":"https://graph.facebook.com/v26.0/1/x?access_token=EAAJsecretsecret&after=WRONG""# : ""
        return .success(.json(#"{"data":[\#(data)],"paging":{\#(cursors)\#(link)}}"#))
    }

    private let list = ListClientWABAs(of: Sample.partnerBusiness, fields: [], limit: 2, token: Sample.systemToken)

    @Test func `pages are followed by cursor until next is missing, short and empty pages included`() async throws {
        let transport = ScriptedTransport([
            page(["1", "2"], after: "A", next: true), page(["3"], after: "B", next: true),
            page([], after: "C", next: true), page(["9007199254740993"], after: "D", next: false),
            page(["666"], after: "E", next: false),
        ])
        let all = try await GraphClient.scripted(transport).all(list)
        // 2^53 + 1 as a JSON number: a Double would make it 9007199254740992.
        #expect(all.map(\.id.rawValue) == ["1", "2", "3", "9007199254740993"])
        let urls = transport.calls.map(\.url)
        #expect(urls.count == 4)
        #expect(!urls[0].contains("after="))
        #expect(urls[1].contains("after=A") && urls[2].contains("after=B") && urls[3].contains("after=C"))
        #expect(urls.allSatisfy { !$0.contains("access_token") && !$0.contains("WRONG") })
    }

    @Test func `only what is asked for is fetched`() async throws {
        let transport = ScriptedTransport([page(["1"], after: "A", next: true)])
        for try await page in GraphClient.scripted(transport).pages(list) {
            #expect(page.count == 1)
            break
        }
        #expect(transport.calls.count == 1)
    }

    @Test func `a further page that cannot be reached is an error, not a short list`() async throws {
        let lost = ScriptedTransport([page(["1"], next: true)])
        #expect(await graphError { try await GraphClient.scripted(lost).all(list) }?.reach == .answered)
        let circular = ScriptedTransport([page(["1"], after: "A", next: true)])
        #expect(await graphError { try await GraphClient.scripted(circular).all(list) } != nil)
        #expect(circular.calls.count == 2)
    }

    @Test func `an error in the middle ends the sequence`() async throws {
        let transport = ScriptedTransport([
            page(["1"], after: "A", next: true),
            .success(.json(#"{"error":{"message":"Session has expired","code":190}}"#, status: 401)),
        ])
        let error = await graphError { try await GraphClient.scripted(transport).all(list) }
        #expect(error?.class == .needsPerson)
    }
}
