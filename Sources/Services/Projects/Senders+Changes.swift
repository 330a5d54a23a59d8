// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
import Store

extension Senders {
    /// Keeps changes as a draft, or (`submits`) brings them to Meta. Source: Sinch, update sender.
    package func update(
        _ id: SenderID, _ changes: SenderChanges, submits: Bool, _ scope: ProjectScope
    ) async throws -> Shown {
        let shown = try await find(id, scope)
        guard !changes.isEmpty || (submits && shown.status.change == .draft) else {
            throw ProjectError.noFieldsToUpdate
        }
        switch shown.status.state {
        case nil where shown.status.change == .draft:
            try await updateDraft(id, changes, submits: submits, scope)
        case .active: try await updateLive(id, changes, submits: submits, scope)
        case nil, .error: throw ProjectError.senderChangesNotUpdatable
        case .inProgress, .inactive, .pendingVerification, .suspended: throw ProjectError.senderNotUpdatable
        }
        return try await find(id, scope)
    }

    private func updateDraft(
        _ id: SenderID, _ changes: SenderChanges, submits: Bool, _ scope: ProjectScope
    ) async throws {
        try await store.write { tx in
            var sender = try self.sender(id, scope, in: tx)
            guard sender.phase == .draft else { throw ProjectError.senderChangesNotUpdatable }
            if submits {
                let account = try tx.senders.account(of: scope.project.id)
                let waba = try account.flatMap { try tx.senders.snapshot($0, of: scope.project).waba }
                guard let waba, sender.number != nil else { throw ProjectError.wabaNotFound }
                sender.wabaID = waba.id
                sender.phase = .adding
            }
            let merged = (sender.pending?.changes ?? SenderChanges()).merged(with: changes)
            sender.pending = Sender.Pending(status: submits ? .inProgress : .draft, changes: merged)
            sender.profile[.displayName] = merged.value(of: .displayName) ?? sender.profile[.displayName]
            sender.updatedAt = tx.now
            try tx.senders.save(sender)
            try tx.projects.note(.edited, of: sender, in: scope.project, actor: scope.principal.actor)
        }
        if submits { try await submit(id, savesDraft: false, scope) }
    }

    private func updateLive(
        _ id: SenderID, _ changes: SenderChanges, submits: Bool, _ scope: ProjectScope
    ) async throws {
        try await store.write { tx in
            var sender = try self.sender(id, scope, in: tx)
            switch sender.pending?.status {
            case .inProgress, .error: throw ProjectError.senderChangesNotUpdatable
            case .draft, .rejected, nil: break
            }
            let number = try tx.senders.snapshot(sender, of: scope.project).number
            if changes.fields.contains(.displayName), number?.facts.nameStatus == "PENDING_REVIEW" {
                throw ProjectError.displayNameUnderReview
            }
            let merged = (sender.pending?.changes ?? SenderChanges()).merged(with: changes)
            sender.pending = Sender.Pending(status: submits ? .inProgress : .draft, changes: merged)
            sender.updatedAt = tx.now
            try tx.senders.save(sender)
            // A crash before Meta has answered is made up for by the queue.
            if submits {
                try tx.work.enqueue(kind: SenderKeeper.kindName, key: id.rawValue, dueAt: tx.now + .minutes(1))
            }
            try tx.projects.note(.edited, of: sender, in: scope.project, actor: scope.principal.actor)
        }
        if submits { try await SenderProfiles(desk: desk).push(id, scope.project) }
    }

    /// Drops what is not in force. A sender that never was live goes with it.
    package func deleteChanges(of id: SenderID, _ scope: ProjectScope) async throws {
        let shown = try await find(id, scope)
        switch shown.status.change {
        case nil: throw ProjectError.senderChangesNotFound
        case .inProgress: throw ProjectError.senderChangesNotDeletable
        case .draft, .error, .rejected: break
        }
        if let run = shown.snapshot.onboarding, run.state.isOpen, shown.snapshot.sender.phase == .run {
            _ = try? await onboardings.cancel(run.id, by: scope.principal)
        }
        try await store.write { tx in
            var sender = try self.sender(id, scope, in: tx)
            if shown.status.state == nil || shown.status.state == .error {
                try tx.senders.delete(id)
            } else {
                sender.pending = nil
                sender.updatedAt = tx.now
                try tx.senders.save(sender)
            }
            try tx.activities.record(
                partner: scope.project.partnerID, actor: scope.principal.actor, action: "sender.edited",
                target: id.rawValue)
        }
    }
}
