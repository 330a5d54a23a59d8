// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: reference section 13 and Meta, batch requests.
@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
    private static func message(to number: Int) -> String {
        #"{"messaging_product":"whatsapp","to":"1650\#(1_000_000 + number)","type":"text","text":{"body":"Hi"}}"#
    }

    @Test func aPersonIsWrittenToOnceInSixSecondsAfterABurst() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.register(customer)
            // One request sends them all, so that the running clock hardly matters.
            let codes = try await sandbox.send(50, to: { _ in 1 }, from: customer)
            let allowed = codes.prefix { $0 == 0 }.count
            #expect((45...48).contains(allowed))
            #expect(Set(codes[allowed...]).isSubset(of: [0, 131056]) && codes.contains(131056))
            #expect(try await sandbox.send(1, to: { _ in 2 }, from: customer) == [0])
            try await sandbox.advance(seconds: 6)
            #expect(try await sandbox.send(10, to: { _ in 1 }, from: customer).first == 0)
        }
    }

    /// The batch makes it likely that all calls fall into one second; the clock runs, so several seconds may share them.
    @Test func aNumberSendsEightyASecond() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.register(customer)
            var codes: [Int] = []
            for round in 0..<10 {
                codes += try await sandbox.send(50, to: { round * 50 + $0 }, from: customer)
            }
            #expect(codes.count == 500)
            #expect(Set(codes).isSubset(of: [0, 130429]))
            #expect(codes.contains(130429))
            try await sandbox.advance(seconds: 1)
            let later = try await sandbox.post(
                "/v26.0/\(customer.phoneNumberID)/messages", Self.message(to: 9999), token: customer.token)
            #expect(later.status == 200)
        }
    }

    @Test func theAppsOwnLimitIsCodeFour() async throws {
        try await Sandbox.run {
            $0.callsPerHour.app = 10
        } _: { sandbox in
            let path = "/v26.0/\(sandbox.app.businessID)"
            var percentages: [Int] = []
            for _ in 0..<10 {
                let answer = try await sandbox.get(path, token: sandbox.app.systemToken)
                try #require(answer.status == 200)
                let usage = Value(parsing: answer.headers.first(name: "X-App-Usage") ?? "")
                percentages.append(usage["call_count"].int ?? -1)
            }
            #expect(percentages == (1...10).map { $0 * 10 })
            let over = try await sandbox.get(path, token: sandbox.app.systemToken)
            #expect(over.status == 400)
            #expect(over.errorCode == 4)
            #expect(over.body["error"]["is_transient"].bool == true)
            try await sandbox.advance(seconds: 3600)
            #expect(try await sandbox.get(path, token: sandbox.app.systemToken).status == 200)
        }
    }

    @Test func onlySoManyCustomersComeAboardInAWeek() async throws {
        try await Sandbox.run {
            $0.newCustomersPerWeek = 2
        } _: { sandbox in
            let first = try await sandbox.signUp()
            _ = try await sandbox.signUp()
            let third = try await sandbox.post("/_sandbox/signups", "{}")
            #expect(third.status == 429)
            // A known customer's second WABA is nobody new.
            _ = try await sandbox.signUp(#"{"business":{"id":"\#(first.businessID)"}}"#)
            try await sandbox.advance(seconds: 7 * 86_400)
            _ = try await sandbox.signUp()
        }
    }

    @Test func aBatchHoldsFifty() async throws {
        try await Sandbox.run { sandbox in
            func batch(_ count: Int) -> String {
                let items = (0..<count).map { _ in #"{"method":"GET","relative_url":"me"}"# }
                return #"{"batch":[\#(items.joined(separator: ","))]}"#
            }
            let full = try await sandbox.post("/v26.0/", batch(50), token: sandbox.app.systemToken)
            #expect(full.body.list.count == 50)
            #expect(full.body[0].keys == ["code", "headers", "body"])
            let over = try await sandbox.post("/v26.0/", batch(51), token: sandbox.app.systemToken)
            #expect(over.status == 400)
            #expect(over.body["error"]["type"].string == "GraphBatchException")
        }
    }

    @Test func aBatchedCallBuildsOnAnother() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let answer = try await sandbox.post(
                "/me",
                #"""
                {"include_headers":false,"batch":[
                {"method":"GET","name":"wabas","relative_url":"\#(sandbox.app.businessID)/client_whatsapp_business_accounts"},
                {"method":"GET","relative_url":"{result=wabas:$.data[0].id}?fields=id"},
                {"method":"GET","name":"none","relative_url":"100000000000001"},
                {"method":"GET","depends_on":"none","relative_url":"me"},
                {"method":"DELETE","relative_url":"{result=none:$.id}"}]}
                """#, token: sandbox.app.systemToken)
            #expect(answer.body.list.count == 5)
            #expect(answer.body[0].isNull)
            #expect(answer.body[1]["body"].string == #"{"id":"\#(customer.wabaID)"}"#)
            #expect(answer.body[2]["code"].int == 400)
            #expect(answer.body[3].isNull)
            #expect(answer.body[4].isNull)
        }
    }
}

extension Sandbox {
    /// Sends texts in one batch; the error code of each, 0 where there is none.
    func send(_ count: Int, to person: (Int) -> Int, from customer: Customer) async throws -> [Int] {
        let items = (0..<count).map { number in
            #"{"method":"POST","relative_url":"\#(customer.phoneNumberID)/messages","body":"#
                + #""messaging_product=whatsapp&to=1650\#(1_000_000 + person(number))&text[body]=Hi"}"#
        }
        let answer = try await post(
            "/v26.0/", #"{"include_headers":false,"batch":[\#(items.joined(separator: ","))]}"#, token: customer.token)
        return answer.body.list.map { Value(parsing: $0["body"].string)["error"]["code"].int ?? 0 }
    }
}
