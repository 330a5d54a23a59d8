// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
import Store

extension Onboardings {
    /// How a WABA leaves.
    package struct Leaving: Sendable {
        package var deregistersNumbers: Bool
        /// Meta takes the line from the whole business: kept where other WABAs of it go on.
        package var keepsCreditLine: Bool

        package init(deregistersNumbers: Bool = true, keepsCreditLine: Bool = false) {
            self.deregistersNumbers = deregistersNumbers
            self.keepsCreditLine = keepsCreditLine
        }

        var options: PlanOptions {
            PlanOptions(deregistersNumbers: deregistersNumbers, keepsCreditLine: keepsCreditLine)
        }
    }

    /// Accepts an offboarding. A WABA that has left already answers with the run by which it did.
    package func offboard(
        _ id: WABAID, _ leaving: Leaving = Leaving(), by principal: Principal, once: Once<Onboarding>? = nil
    ) async throws -> Outcome<Onboarding> {
        let (outcome, work) = try await claiming { tx -> (Outcome<Onboarding>, ClaimedWork?) in
            var work: ClaimedWork?
            let outcome = try Once.perform(once, in: tx) { tx in
                let (onboarding, begun) = try insertOffboarding(of: id, leaving, principal, in: tx)
                work = begun
                return onboarding
            }
            return (outcome, work)
        }
        if let work { pool.adopt(work) }
        return outcome
    }

    private func insertOffboarding(
        of id: WABAID, _ leaving: Leaving, _ principal: Principal, in tx: StoreTransaction
    ) throws -> (Onboarding, ClaimedWork?) {
        let (waba, app, former) = try leaver(id, principal, in: tx)
        if let former { return (former, nil) }
        let options = leaving.options
        let onboarding = try Offboarding.insert(waba, app: app, options: options, actor: principal.actor, in: tx)
        let work = try tx.work.insertClaimed(
            kind: WorkKind.onboarding, key: onboarding.id.rawValue, node: node, lease: settings.lease)
        return (onboarding, work)
    }

    /// `former`: the run by which it has left already.
    func leaver(
        _ id: WABAID, _ principal: Principal, in tx: StoreTransaction
    ) throws -> (waba: WABA, app: MetaApp, former: Onboarding?) {
        guard let waba = try tx.wabas.find(id), principal.isOperator || waba.partnerID == principal.partnerID,
            let app = try tx.apps.find(waba.appID)
        else { throw ServiceError.wabaNotFound }
        if waba.state == .offboarded, let last = try tx.onboardings.latest(of: id, partner: waba.partnerID),
            last.plan == .offboarding
        {
            return (waba, app, last)
        }
        if let open = try tx.onboardings.openRun(of: id, except: nil) { throw ServiceError.anotherRunOpen(open) }
        return (waba, app, nil)
    }
}
