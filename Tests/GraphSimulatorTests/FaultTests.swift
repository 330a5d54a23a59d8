// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FaultTests {
    @Test func aConnectionDroppedBeforeTheEffectLeavesTheWorldAsItWas() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.signUp()
            _ = try await sandbox.post("/_sandbox/faults", #"{"operation":"exchange_code","drop":"before"}"#)
            await #expect(throws: (any Error).self) { try await sandbox.exchange(customer.code) }
            let call = try await sandbox.get("/_sandbox/calls").body["data"][0]
            #expect(call["status"].isNull && call["effect"].isNull)
            #expect(try await sandbox.exchange(customer.code).status == 200)
        }
    }

    @Test func aConnectionDroppedAfterTheEffectHasSpentTheCode() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.signUp()
            _ = try await sandbox.post("/_sandbox/faults", #"{"operation":"exchange_code","drop":"after"}"#)
            await #expect(throws: (any Error).self) { try await sandbox.exchange(customer.code) }
            let call = try await sandbox.get("/_sandbox/calls").body["data"][0]
            #expect(call["status"].isNull)
            #expect(call["effect"].string == "exchanged_code")
            #expect(try await sandbox.exchange(customer.code).errorSubcode == 36009)
        }
    }

    @Test func aFaultFitsItsOperationAndObjectAndIsSpentAfterItsTimes() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let other = try await sandbox.onboard()
            let fault =
                #"{"operation":"register","id":"\#(customer.phoneNumberID)","times":2,"code":133004,"status":503}"#
            #expect(try await sandbox.post("/_sandbox/faults", fault).status == 201)
            #expect(try await sandbox.register(other).status == 200)
            for _ in 0..<2 {
                let answer = try await sandbox.register(customer)
                #expect(answer.status == 503)
                #expect(answer.errorCode == 133004)
                #expect(answer.body["error"]["message"].string == "(#133004) Server Temporarily Unavailable")
            }
            #expect(try await sandbox.register(customer).status == 200)
            let listed = try await sandbox.get("/_sandbox/faults").body["data"][0]
            #expect(listed["matched"].int == 2)
            _ = try await sandbox.delete("/_sandbox/faults")
            #expect(try await sandbox.get("/_sandbox/faults").body["data"].list.isEmpty)
        }
    }

    @Test func aThrottleTellsWhenToComeBack() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.post("/_sandbox/faults", #"{"operation":"*","code":80007,"retry_after":19}"#)
            let answer = try await sandbox.get("/v26.0/\(customer.wabaID)", token: customer.token)
            #expect(answer.errorCode == 80007)
            let usage = answer.headers.first(name: "X-Business-Use-Case-Usage") ?? ""
            #expect(usage.contains(#""call_count":100"#) && usage.contains(#""estimated_time_to_regain_access":19"#))
        }
    }

    @Test func odditiesOfTheRealAPICanBeHad() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.wabaID)"
            _ = try await sandbox.post("/_sandbox/faults", #"{"operation":"read_waba","ids_as_numbers":true}"#)
            let numeric = try await sandbox.get(path, ["fields": "id"], token: customer.token)
            #expect(numeric.text == #"{"id":\#(customer.wabaID)}"#)
            _ = try await sandbox.post(
                "/_sandbox/faults", #"{"operation":"read_waba","status":502,"body":"<html>Bad Gateway</html>"}"#)
            let page = try await sandbox.get(path, token: customer.token)
            #expect(page.status == 502)
            #expect(page.headers.first(name: "content-type") == "text/html")
            _ = try await sandbox.post(
                "/_sandbox/faults", #"{"operation":"register","status":500,"code":131000,"after_effect":true}"#)
            #expect(try await sandbox.register(customer).status == 500)
            let node = try await sandbox.get(
                "/v26.0/\(customer.phoneNumberID)", ["fields": "status"], token: customer.token)
            #expect(node.body["status"].string == "CONNECTED")
        }
    }

    private static let read = #""operation":"read_waba""#

    private func statuses(_ count: Int, _ customer: Customer, _ sandbox: Sandbox) async throws -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count {
            statuses.append(try await sandbox.get("/v26.0/\(customer.wabaID)", token: customer.token).status)
        }
        return statuses
    }

    @Test func `chance follows from the seed`() async throws {
        let rule = "{\(Self.read),\"probability\":0.5,\"times\":\"unlimited\",\"status\":500"
        let run = { (rule: String) async throws -> [Int] in
            try await Sandbox.run { sandbox in
                let customer = try await sandbox.onboard()
                _ = try await sandbox.post("/_sandbox/faults", rule)
                return try await statuses(30, customer, sandbox)
            }
        }
        let first = try await run(rule + #","seed":7}"#)
        #expect(Set(first) == [200, 500])
        #expect(try await run(rule + #","seed":7}"#) == first)
        #expect(try await run(rule + #","seed":8}"#) != first)
    }

    @Test func `a window opens and closes on the sandbox's clock`() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.post("/_sandbox/clock", #"{"freeze":true}"#)
            _ = try await sandbox.post(
                "/_sandbox/faults", "{\(Self.read),\"after_seconds\":60,\"for_seconds\":30,\"status\":503}")
            var seen: [[Int]] = []
            for step in [59, 1, 29, 1] {
                try await sandbox.advance(seconds: step)
                seen.append(try await statuses(2, customer, sandbox))
            }
            #expect(seen == [[200, 200], [503, 503], [503, 503], [200, 200]])
        }
    }

    @Test func `calls can be let pass first, and a rule can be taken away`() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let rule = try await sandbox.post(
                "/_sandbox/faults", "{\(Self.read),\"skip\":2,\"times\":null,\"status\":500}")
            #expect(try await statuses(4, customer, sandbox) == [200, 200, 500, 500])
            let id = try #require(rule.body["id"].int)
            #expect(try await sandbox.delete("/_sandbox/faults/\(id)").status == 200)
            #expect(try await sandbox.delete("/_sandbox/faults/\(id)").status == 404)
            #expect(try await statuses(1, customer, sandbox) == [200])
        }
    }

    @Test func `half an answer breaks the connection after the effect`() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.post("/_sandbox/faults", #"{"operation":"register","cut_after_bytes":5}"#)
            await #expect(throws: (any Error).self) { try await sandbox.register(customer) }
            let node = try await sandbox.get(
                "/v26.0/\(customer.phoneNumberID)", ["fields": "status"], token: customer.token)
            #expect(node.body["status"].string == "CONNECTED")
        }
    }

    @Test(arguments: [
        #""latency_ms":40"#, #""latency":{"uniform_ms":[40,60]}"#, #""latency":{"percentiles_ms":{"0":40,"100":60}}"#,
    ])
    func `an answer is held back as long as the distribution says`(_ latency: String) async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.post("/_sandbox/faults", "{\(Self.read),\(latency)}")
            let begun = ContinuousClock.now
            #expect(try await statuses(1, customer, sandbox) == [200])
            #expect(ContinuousClock.now - begun >= .milliseconds(40))
        }
    }

    @Test(arguments: [
        #"{"operation":"nonsense"}"#, #"{"drop":"sometimes"}"#, "[]", "{", "{}", #"{"status":500,"colour":1}"#,
        #"{"latency":{"uniform_ms":[5,1]}}"#, #"{"latency":{"percentiles_ms":{"50":9,"99":3}}}"#,
        #"{"status":500,"times":0}"#, #"{"latency_ms":-1}"#, #"{"operation":"register"}"#,
    ])
    func badFaultsAreRefused(_ body: String) async throws {
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.post("/_sandbox/faults", body)
            #expect(answer.status == 400)
        }
    }
}
