// SPDX-License-Identifier: Apache-2.0
import Domain

/// Meta's answers about one sample customer. Source: graph-api 4, 7, 8, 9.
enum Sample {
    static let waba = WABAID("102290129340398")
    static let business = BusinessID("506914307656634")
    static let number = PhoneNumberID("106540352242922")
    static let allocation = AllocationID("58501441721238")
    static let solution = SolutionID("987654321012345")

    static let token = #"{"access_token":"EAAcustomer","token_type":"bearer","expires_in":5184000}"#
    static let success = #"{"success":true}"#
    static let facts = """
        {"id":"\(waba)","name":"Lucky Shrub","currency":"USD","account_review_status":"PENDING",\
        "owner_business_info":{"id":"\(business)","name":"Lucky Shrub"}}
        """
    static let numbers = #"{"data":[\#(number(number, "+1 555-078-3881"))]}"#
    static let shared = #"{"allocation_config_id":"\#(allocation)","waba_id":"\#(waba)"}"#
    static let credential = #"{"receiving_credential":{"id":"7001"},"id":"\#(allocation)"}"#
    static let allocations = #"{"data":[{"id":"\#(allocation)"}]}"#
    static let funded = #"{"primary_funding_id":"7001","id":"\#(waba)"}"#
    static let unfunded = #"{"id":"\#(waba)"}"#
    static let solutionActive = #"{"id":"\#(solution)","name":"S","status":"ACTIVE"}"#

    static func inspected(_ wabas: [WABAID] = [waba], app: String = "634974688087057") -> String {
        let ids = wabas.map { "\"\($0)\"" }.joined(separator: ",")
        return """
            {"data":{"app_id":"\(app)","is_valid":true,"granular_scopes":[\
            {"scope":"whatsapp_business_management","target_ids":[\(ids)]}]}}
            """
    }

    static func number(_ id: PhoneNumberID, _ printed: String, isConnected: Bool = false) -> String {
        let status = isConnected ? ("CONNECTED", "CLOUD_API") : ("PENDING", "NOT_APPLICABLE")
        return """
            {"id":"\(id)","display_phone_number":"\(printed)","verified_name":"Lucky Shrub","status":"\(status.0)",\
            "platform_type":"\(status.1)"}
            """
    }
}

extension ScriptedGraph {
    /// Reads answer whenever they are asked; what changes something at Meta only once.
    func planEmbeddedSignup(credit: Bool = true, except left: Set<String> = []) {
        let once: [(String, String)] =
            [("exchange_code", Sample.token), ("subscribe_app", Sample.success), ("register", Sample.success)]
            + (credit ? [("assign_user", Sample.success), ("share_credit", Sample.shared)] : [])
        for (operation, answer) in once where !left.contains(operation) { plan(operation, .json(answer)) }
        planReads(credit: credit, except: left)
    }

    func planReads(credit: Bool = true, except left: Set<String> = []) {
        let reads: [(String, String)] =
            [("debug_token", Sample.inspected()), ("list_phone_numbers", Sample.numbers)]
            + (credit ? [("read_allocation", Sample.credential)] : [])
        for (operation, answer) in reads where !left.contains(operation) { stand(operation) { _ in .json(answer) } }
        guard !left.contains("read_waba") else { return }
        stand("read_waba") { call in
            .json(call.query["fields"]?.contains("primary_funding_id") == true ? Sample.funded : Sample.facts)
        }
    }
}
