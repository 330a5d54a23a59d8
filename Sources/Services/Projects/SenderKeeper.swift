// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import GraphClient
package import OnboardingRunner
package import Store

/// Durable work on senders: takes those away whose 30 days are over, and brings a profile that waited for its number.
package struct SenderKeeper: WorkHandler {
    static let kindName = "sender"

    package let kind: String = Self.kindName
    private let desk: ProjectDesk

    package init(store: Store, directory: AppDirectory) {
        desk = ProjectDesk(store: store, directory: directory)
    }

    package func run(_ work: ClaimedWork) async throws {
        let id = SenderID(rawValue: work.key)
        let found = try await desk.store.read { tx -> (Sender, Project)? in
            guard let sender = try tx.senders.find(id), let project = try tx.projects.find(sender.projectID) else {
                return nil
            }
            return (sender, project)
        }
        let now = desk.store.clock.now()
        if let (sender, project) = found {
            if let removalAt = sender.removalAt, removalAt <= now {
                try await deregister(sender, project)
                return try await remove(id, project, work)
            }
            if sender.pending?.status == .inProgress { try await SenderProfiles(desk: desk).push(id, project) }
        }
        try await desk.store.write { tx in
            guard let removalAt = try tx.senders.find(id)?.removalAt else { return try tx.work.finish(work) }
            try tx.work.reschedule(work, dueAt: removalAt)
        }
    }

    /// A number that Meta no longer knows as ours needs no goodbye.
    private func deregister(_ sender: Sender, _ project: Project) async throws {
        guard let number = sender.phoneNumberID else { return }
        do {
            let (_, graph, token) = try await desk.customer(of: project)
            _ = try await graph.send(DeregisterPhoneNumber(number, token: token))
        } catch let error as GraphError where error.class == .transient || error.class == .wait {
            throw error
        } catch is GraphError {
            return
        } catch ProjectError.notInitialized {
            return
        }
    }

    private func remove(_ id: SenderID, _ project: Project, _ work: ClaimedWork) async throws {
        try await desk.store.write { tx in
            try tx.work.fence(work)
            if let sender = try tx.senders.find(id) {
                try tx.projects.note(.deleted, of: sender, in: project)
                if let number = sender.phoneNumberID { try tx.phoneNumbers.setDeregistered(number) }
                try tx.senders.delete(id)
            }
            try tx.work.finish(work)
        }
    }

    /// It stays as it is; the next change or a new mark brings it back.
    package func giveUp(_ work: ClaimedWork) async throws {
        try await desk.store.write { tx in
            try tx.activities.record(
                partner: nil, actor: "system", action: "sender.given_up", target: work.key)
            try tx.work.finish(work)
        }
    }
}
