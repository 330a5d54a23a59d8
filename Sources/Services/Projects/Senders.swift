// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
import Store

/// Numbers that send for a project.
package struct Senders: Sendable {
    let desk: ProjectDesk
    let onboardings: Onboardings
    let phoneNumbers: PhoneNumbers

    var store: Store { desk.store }

    /// A sender as it stood at a moment.
    package struct Shown: Sendable {
        package let snapshot: SenderSnapshot
        package let at: Timestamp

        package var id: SenderID { snapshot.sender.id }
        package var status: SenderStatus { snapshot.status(at: at) }
    }

    /// How long a sender that is marked for removal stays. Source: Sinch, delete sender.
    package static let removalPeriod: Duration = .days(30)

    /// All of a project, newest first. Numbers that came through another door show as well.
    package func list(_ scope: ProjectScope) async throws -> [Shown] {
        try await adopt(scope)
        return try await store.read { tx in
            try tx.senders.all(of: scope.project.id).filter { !$0.isGone(at: tx.now) }
                .map { Shown(snapshot: try tx.senders.snapshot($0, of: scope.project), at: tx.now) }
        }
    }

    package func find(_ id: SenderID, _ scope: ProjectScope) async throws -> Shown {
        try await store.read { tx in
            let sender = try sender(id, scope, in: tx)
            return Shown(snapshot: try tx.senders.snapshot(sender, of: scope.project), at: tx.now)
        }
    }

    func sender(_ id: SenderID, _ scope: ProjectScope, in tx: StoreTransaction) throws -> Sender {
        guard let sender = try tx.senders.find(id), sender.projectID == scope.project.id, !sender.isGone(at: tx.now)
        else { throw ProjectError.senderNotFound }
        return sender
    }

    /// Writes only when a number is there that no sender stands for.
    private func adopt(_ scope: ProjectScope) async throws {
        let isMissing = try await store.read { tx in
            let filter = WABATable.Filter(partner: scope.project.partnerID, customer: scope.project.customerID)
            let wabas = try tx.wabas.page(filter, PageRequest(limit: 20)).items
            return try wabas.flatMap { try tx.phoneNumbers.ofWABA($0.id) }.contains {
                try $0.facts.isConnected && tx.senders.find(number: $0.id) == nil
            }
        }
        if isMissing { _ = try await store.write { try $0.projects.adopt(scope.project) } }
    }

    // MARK: Removal

    /// Marked for removal: it stays usable for 30 days.
    package func delete(_ id: SenderID, _ scope: ProjectScope) async throws {
        try await store.write { tx in
            var sender = try sender(id, scope, in: tx)
            guard sender.removalAt == nil else { throw ProjectError.senderAlreadyDeleted }
            let removalAt = tx.now + Self.removalPeriod
            sender.removalAt = removalAt
            sender.updatedAt = tx.now
            try tx.senders.save(sender)
            try tx.work.enqueue(kind: SenderKeeper.kindName, key: id.rawValue, dueAt: removalAt)
            try tx.projects.note(.inactive, of: sender, in: scope.project, actor: scope.principal.actor)
        }
    }

    // MARK: Comments

    package func comment(_ text: String, on id: SenderID, _ scope: ProjectScope) async throws -> Timestamp {
        try await store.write { tx in
            let sender = try sender(id, scope, in: tx)
            try tx.projects.note(
                .commentAdded, of: sender, in: scope.project, actor: scope.principal.actor, comment: text)
            return tx.now
        }
    }

    /// Newest first, the 1,000 youngest.
    package func activities(of id: SenderID, _ scope: ProjectScope) async throws -> [Activity] {
        try await store.read { tx in
            _ = try sender(id, scope, in: tx)
            return try tx.activities.page(
                of: scope.project.partnerID, target: id.rawValue, PageRequest(limit: 1000)
            ).items
        }
    }
}

extension Sender {
    /// Its 30 days are over, whether or not it was cleared away yet.
    func isGone(at now: Timestamp) -> Bool { removalAt.map { $0 <= now } ?? false }

    var isLiveOrPending: Bool { phase != .failed && removalAt == nil }
}
