// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
package import Store

/// A project's one WhatsApp account: an onboarding of its customer that waits for the WABA of a named business.
package struct ProjectAccounts: Sendable {
    let store: Store
    let onboardings: Onboardings

    package init(store: Store, onboardings: Onboardings) {
        self.store = store
        self.onboardings = onboardings
    }

    /// What was begun through another door shows here as well.
    package func find(_ scope: ProjectScope) async throws -> AccountSnapshot {
        if let known = try await store.read({ try snapshot(scope, in: $0) }) { return known }
        let adopted = try await store.write { tx in
            try tx.projects.adopt(scope.project)
            return try snapshot(scope, in: tx)
        }
        guard let adopted else { throw ProjectError.accountNotFound }
        return adopted
    }

    private func snapshot(_ scope: ProjectScope, in tx: StoreTransaction) throws -> AccountSnapshot? {
        try tx.senders.account(of: scope.project.id).map { try tx.senders.snapshot($0, of: scope.project) }
    }

    package func create(
        _ details: ProjectAccount.Details, businessManager: String, in scope: ProjectScope
    ) async throws -> AccountSnapshot {
        guard (try? await find(scope)) == nil else { throw ProjectError.accountExists }
        var request = Onboardings.Request(customerID: scope.project.customerID, plan: .hosted)
        request.businessID = details.businessID
        request.region = details.storageCountry
        request.solutionID = scope.project.solutionID
        _ = try await onboardings.begin(
            request, by: scope.principal,
            with: { tx, onboarding in
                guard try tx.senders.account(of: scope.project.id) == nil else { throw ProjectError.accountExists }
                var account = ProjectAccount(
                    projectID: scope.project.id, isEmbeddedSignup: false, businessManager: businessManager,
                    details: details, createdAt: tx.now)
                account.onboardingID = onboarding.id
                account.toldPhase = .inProgress
                try tx.senders.save(account)
                try tx.projects.note(.created, of: account, in: scope.project, actor: scope.principal.actor)
                try tx.projects.note(.inProgress, of: account, in: scope.project)
            })
        return try await find(scope)
    }

    /// Only a rejected account can be changed; it is tried again from the start.
    package func update(
        _ change: @escaping @Sendable (inout ProjectAccount.Details) -> Void, in scope: ProjectScope
    ) async throws -> AccountSnapshot {
        let current = try await find(scope)
        guard current.phase == .rejected, var details = current.account.details else {
            throw ProjectError.accountNotUpdatable
        }
        change(&details)
        if let run = current.onboarding, run.state.isOpen {
            _ = try await onboardings.cancel(run.id, by: scope.principal)
        }
        var request = Onboardings.Request(customerID: scope.project.customerID, plan: .hosted)
        request.businessID = details.businessID
        request.region = details.storageCountry
        let changed = details
        _ = try await onboardings.begin(
            request, by: scope.principal,
            with: { tx, onboarding in
                guard var account = try tx.senders.account(of: scope.project.id) else {
                    throw ProjectError.accountNotFound
                }
                guard account.onboardingID == current.account.onboardingID else {
                    throw ProjectError.accountNotUpdatable
                }
                account.details = changed
                account.onboardingID = onboarding.id
                account.wabaID = nil
                account.toldPhase = .inProgress
                account.updatedAt = tx.now
                try tx.senders.save(account)
                try tx.projects.note(.edited, of: account, in: scope.project, actor: scope.principal.actor)
                try tx.projects.note(.inProgress, of: account, in: scope.project)
            })
        return try await find(scope)
    }

    /// The account goes from this API and its open run is cancelled; the WABA stays what it is at Meta.
    package func delete(in scope: ProjectScope) async throws {
        let current = try await find(scope)
        if let run = current.onboarding, run.state.isOpen {
            try await refuseWithSenders(scope)
            _ = try? await onboardings.cancel(run.id, by: scope.principal)
        }
        try await store.write { tx in
            try refuseWithSenders(scope, in: tx)
            try tx.senders.deleteAccount(of: scope.project.id)
            try tx.activities.record(
                partner: scope.project.partnerID, actor: scope.principal.actor, action: "account.deleted",
                target: scope.project.id.rawValue)
        }
    }

    private func refuseWithSenders(_ scope: ProjectScope) async throws {
        try await store.read { try refuseWithSenders(scope, in: $0) }
    }

    private func refuseWithSenders(_ scope: ProjectScope, in tx: StoreTransaction) throws {
        let senders = try tx.senders.all(of: scope.project.id)
        let statuses = try senders.map { try tx.senders.snapshot($0, of: scope.project).status(at: tx.now) }
        let live = zip(senders, statuses).filter { $1.state != nil && $1.state != .error }.map(\.0.id)
        if !live.isEmpty { throw ProjectError.accountHasSenders(scope.project.id, live) }
        if statuses.contains(where: { $0.change != nil }) { throw ProjectError.accountHasSenderChanges }
    }

    package func comment(_ text: String, in scope: ProjectScope) async throws -> Timestamp {
        let account = try await find(scope).account
        return try await store.write { tx in
            try tx.projects.note(
                .commentAdded, of: account, in: scope.project, actor: scope.principal.actor, comment: text)
            return tx.now
        }
    }

    /// Newest first, the 1,000 youngest.
    package func activities(in scope: ProjectScope) async throws -> [Activity] {
        _ = try await find(scope)
        return try await store.read { tx in
            try tx.activities.page(
                of: scope.project.partnerID, target: scope.project.id.rawValue, PageRequest(limit: 1000)
            ).items.filter { $0.action.hasPrefix("account.") }
        }
    }
}
