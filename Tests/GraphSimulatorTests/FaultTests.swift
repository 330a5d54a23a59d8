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

    @Test(arguments: [#"{"operation":"nonsense"}"#, #"{"drop":"sometimes"}"#, "[]", "{"])
    func badFaultsAreRefused(_ body: String) async throws {
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.post("/_sandbox/faults", body)
            #expect(answer.status == 400)
        }
    }
}
