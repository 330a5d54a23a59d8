// SPDX-License-Identifier: Apache-2.0
import Domain
import MetaChanges
import SQLEngine
import Store
import TestSupport

let ourApp = AppID("634974688087057")
let sampleWABA = WABAID("102290129340398")
let sampleBusiness = BusinessID("506914307656634")

extension Store {
    /// Applies a notification as the worker does, and tells what became of each unit.
    @discardableResult
    func apply(_ body: [UInt8], app: AppID = ourApp) async throws -> [ChangeResult] {
        let receivedAt = clock.now()
        let units = try NotificationParser.split(body: body).flatMap {
            ChangeUnit.units(of: $0, app: app, receivedAt: receivedAt)
        }
        return try await write { tx in
            let applier = ChangeApplier(tx)
            return try units.map { try applier.apply($0) }
        }
    }

    /// In no particular order: the clock stands still.
    func events(of partner: PartnerID? = nil) async throws -> [Event] {
        try await read { try $0.events.page(.init(partner: partner), PageRequest(limit: 500)).items }
    }

    /// Sorted by name.
    func eventTypes(of partner: PartnerID? = nil) async throws -> [String] {
        try await events(of: partner).map(\.type).sorted()
    }

    func state(of waba: WABAID = sampleWABA) async throws -> WABA.State? {
        try await read { try $0.wabas.find(waba)?.state }
    }

    func number() async throws -> PhoneNumberFacts? {
        try await read { try $0.phoneNumbers.find(PhoneNumberID("106540352242922"), of: nil)?.facts }
    }

    /// An open run that is waiting for the WABA, or has proven it.
    func seedRun(
        of seeded: SeededPartner, isProven: Bool, waba: WABAID? = sampleWABA, business: BusinessID? = nil
    ) async throws -> OnboardingID {
        try await write { tx in
            let plan = PlanKind.techPartner
            let steps = plan.steps(for: .solutionPartner, options: PlanOptions()).enumerated().map {
                StepRecord(seq: $0.offset, kind: $0.element)
            }
            var run = Onboarding(
                id: OnboardingID(at: tx.now), partnerID: seeded.partner, customerID: seeded.customer,
                appID: seeded.app, plan: plan, input: OnboardingInput(), createdAt: tx.now, state: .waiting,
                steps: steps)
            run.claimedWABAID = waba
            run.businessID = business
            if isProven { run.provenWABAID = waba }
            try tx.onboardings.insert(run)
            try tx.work.enqueue(kind: "onboarding", key: run.id.rawValue, dueAt: tx.now + .hours(1))
            return run.id
        }
    }

    func run(_ id: OnboardingID) async throws -> Onboarding? { try await read { try $0.onboardings.find(id) } }

    /// Whether its work is due now.
    func isAwake(_ id: OnboardingID) async throws -> Bool {
        let now = clock.now().milliseconds
        return try await read { tx in
            try tx.sql.first(
                "SELECT id FROM work_item WHERE kind = 'onboarding' AND key = ? AND due_at <= ?",
                [.text(id.rawValue), .integer(now)]) != nil
        }
    }
}
