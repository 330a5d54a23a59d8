// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

struct ReconciliationAnswer: Decodable, Sendable {
    let id: String
    let state: String
    let phase: String
    let listed: Int
    let records: Int
    let checked: Int
    let rescued: Int
    let repaired: Int
    let drift: [String: Int]
    let detail: String?
}

struct DriftAnswer: Decodable, Sendable, Hashable {
    let kind: String
    let waba_id: String
    let phone_number_id: String?
    let partner_id: String?
    let detail: String?
    let repair: String

    /// `kind waba_id`: what tests compare.
    var text: String { "\(kind) \(waba_id)" }
}

struct ImportAnswer: Decodable, Sendable {
    let id: String
    let state: String
    let rows: Int?
    let rows_done: Int
    let outcomes: [String: Int]
    let detail: String?
}

struct ImportRowAnswer: Decodable, Sendable {
    let line: Int
    let waba_id: String
    let outcome: String
    let detail: String?
    let partner_id: String?
    let customer_id: String?
}

extension LocalServer {
    /// Meta's Graph API as the simulator serves it, with the partner's own system token.
    var graph: Caller { Caller(baseURL: credentials.graphURL + "/v26.0", key: credentials.metaApp.systemToken) }

    /// Runs a reconciliation to its end; the test's time limit ends the asking.
    func reconcile(repair: Bool = false) async throws -> ReconciliationAnswer {
        let begun: ReconciliationAnswer = try await self.operator.post(
            "/api/v1/reconciliations", #"{"repair": \#(repair)}"#)
        return try await reconciled(begun.id)
    }

    func reconciled(_ id: String) async throws -> ReconciliationAnswer {
        try await activity.answer {
            let run: ReconciliationAnswer = try await self.operator.get("/api/v1/reconciliations/\(id)")
            return run.state == "running" || run.state == "waiting" ? nil : run
        }
    }

    func drift(of run: ReconciliationAnswer) async throws -> [DriftAnswer] {
        try await everything("/api/v1/reconciliations/\(run.id)/drift?limit=3&", self.operator)
    }

    func imported(_ begun: ImportAnswer) async throws -> (ImportAnswer, [ImportRowAnswer]) {
        let item = try await activity.answer {
            let item: ImportAnswer = try await self.operator.get("/api/v1/imports/\(begun.id)")
            return item.state == "finished" || item.state == "failed" ? item : nil
        }
        return (item, try await everything("/api/v1/imports/\(item.id)/rows?limit=7&", self.operator))
    }

    /// Every page; `path` ends with `?` or `&`.
    func everything<Element: Decodable & Sendable>(_ path: String, _ caller: Caller) async throws -> [Element] {
        var all: [Element] = []
        var cursor: String?
        repeat {
            let page: ListAnswer<Element> = try await caller.get(path + (cursor.map { "cursor=\($0)" } ?? ""))
            all += page.data
            cursor = page.next_cursor
        } while cursor != nil
        return all
    }

    /// A customer signs up as `signup` says and is brought aboard with `options`; returns once the run rests.
    func onboard(
        _ signup: String = "{}", members: String = ""
    ) async throws -> (signup: SignupAnswer, run: OnboardingAnswer) {
        let signup = try await sandbox.signUp(signup)
        let begun: OnboardingAnswer = try await partner.post(
            "/api/v1/onboardings",
            #"{"customer_id": "\#(credentials.customer.id)", "code": "\#(signup.code ?? "")", "currency": "USD"\#(members)}"#
        )
        return (signup, try await rested(begun.id))
    }
}
