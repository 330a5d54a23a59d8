// SPDX-License-Identifier: Apache-2.0
package import Domain
import OnboardingRunner
import Store

extension Onboardings {
    /// What an offboarding would do; no step for a WABA that has left already. Refuses what ``offboard(_:_:by:once:)`` would
    /// refuse.
    package func preview(
        leavingOf id: WABAID, _ leaving: Leaving = Leaving(), by principal: Principal
    ) async throws -> OnboardingPreview {
        try await store.read { [self] tx in
            let (waba, app, former) = try leaver(id, principal, in: tx)
            let outlook = try LeavingOutlook(waba, app, leaving, in: tx)
            let kinds = former == nil ? PlanKind.offboarding.steps(for: app.kind, options: leaving.options) : []
            return OnboardingPreview(
                plan: .offboarding, partnerID: waba.partnerID, customerID: waba.customerID, appID: app.id,
                currency: nil, requestCalls: [],
                steps: kinds.map {
                    OnboardingPreview.Step(kind: $0, calls: outlook.calls(at: $0), missing: outlook.missing(at: $0))
                }, warnings: [])
        }
    }
}

/// What is known of a WABA that may leave.
private struct LeavingOutlook {
    private let app: MetaApp
    private let waba: WABAID
    private let hasBusinessToken: Bool
    private let hasSystemToken: Bool
    /// Connected ones.
    private let numbers: [PhoneNumberID]
    /// Nil when there is none to take back, or it stays.
    private let allocation: AllocationID?
    private let isShareUnsettled: Bool
    private let isLineStillUsed: Bool

    init(_ waba: WABA, _ app: MetaApp, _ leaving: Onboardings.Leaving, in tx: StoreTransaction) throws {
        self.app = app
        self.waba = waba.id
        let token: BusinessToken? = try tx.secrets.get(.businessToken, of: .waba(waba.id))
        let systemToken: SystemToken? = try tx.secrets.get(.systemToken, of: .app(app.id))
        (hasBusinessToken, hasSystemToken) = (token != nil, systemToken != nil)
        numbers = try tx.phoneNumbers.ofWABA(waba.id).map(\.facts).filter(\.isConnected).map(\.id)
        let share = leaving.keepsCreditLine ? nil : try tx.creditShares.find(waba.id)
        let isShared = share.map { $0.state != .revoked } ?? false
        isShareUnsettled = isShared && (share?.state == .intended || share?.allocationID == nil)
        allocation = isShared ? share?.allocationID : nil
        let others = try waba.businessID.map { try tx.wabas.ofBusiness($0) } ?? []
        isLineStillUsed =
            try isShared
            && others.contains { other in
                guard other.id != waba.id, other.state.usesCredit else { return false }
                return try tx.creditShares.find(other.id).map { $0.state != .revoked } ?? false
            }
    }

    func calls(at step: StepKind) -> [OnboardingPreview.Call] {
        if [.unsubscribeApp, .deregisterPhoneNumber].contains(step), !hasToken { return [] }
        if step == .deregisterPhoneNumber {
            return numbers.flatMap { planned(step, ["phone_number_id": $0.rawValue]) }
        }
        if [.revokeCreditLine, .verifyRevoked].contains(step) {
            return allocation.map { planned(step, ["allocation_id": $0.rawValue]) } ?? []
        }
        return planned(step)
    }

    func missing(at step: StepKind) -> [FailureReason] {
        guard step == .revokeCreditLine else { return [] }
        if isShareUnsettled { return [.creditShareUnconfirmed] }
        guard allocation != nil else { return [] }
        return (hasSystemToken ? [] : [.appCredentialsInvalid]) + (isLineStillUsed ? [.creditLineStillUsed] : [])
    }

    /// The operator's token does where the customer's is not kept.
    private var hasToken: Bool { hasBusinessToken || hasSystemToken }

    private func planned(_ step: StepKind, _ known: [String: String] = [:]) -> [OnboardingPreview.Call] {
        let names = known.merging(["waba_id": waba.rawValue]) { first, _ in first }
        return step.calls(in: .offboarding, sharing: app.creditSharing).map { call in
            let shown = OnboardingPreview.Call(call, names)
            guard call.token == .business, !hasBusinessToken else { return shown }
            return OnboardingPreview.Call(
                operation: shown.operation, method: shown.method, path: shown.path,
                token: PlannedCall.Token.system.rawValue, isChange: shown.isChange)
        }
    }
}
