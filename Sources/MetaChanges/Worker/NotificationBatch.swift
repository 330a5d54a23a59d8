// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Logging
import Store

/// One claim's notifications: applied in chunks, and when a chunk fails, singly, so that a poison one harms no other.
struct NotificationBatch {
    let worker: NotificationWorker
    let claim: ClaimID

    /// Between tries while the database does not serve. Machine time: a test world's clock moves no disk.
    private static let pause: Duration = .milliseconds(500)
    private static let triesOfOne = 3

    private var store: Store { worker.store }

    func process(_ notifications: [ReadNotification]) async {
        do {
            try await apply(notifications)
        } catch {
            if !(error is CancellationError) {
                worker.logger.error("notifications were not applied", metadata: ["error": "\(error)"])
            }
            await release(notifications)
        }
    }

    private func apply(_ notifications: [ReadNotification]) async throws {
        var finished = 0
        for chunk in ChangeChunk.chunks(of: notifications, unitsMax: worker.load.unitsMax) {
            await worker.giveWay()
            do {
                try await persist { try await commit(chunk) }
                finished += chunk.finished.count
            } catch let error where Self.isPoison(error) {
                worker.logger.warning(
                    "a batch of changes failed: trying them apart", metadata: ["error": "\(error)"])
                for notification in notifications.dropFirst(finished) { try await applyAlone(notification) }
                return
            }
        }
    }

    private func commit(_ chunk: ChangeChunk) async throws {
        let claim = claim
        let (tally, worked) = try await store.write { tx in
            let begun = ContinuousClock.now
            let applier = ChangeApplier(tx)
            var tally = ChangeTally()
            for unit in chunk.units { tally.add(unit.field, try applier.apply(unit)) }
            try applier.finish()
            let whole = chunk.finished.filter { $0.fault == nil }
            guard try tx.notifications.finish(whole.map(\.id), claim: claim) == whole.count else { throw LostClaim() }
            for notification in chunk.finished {
                guard let fault = notification.fault else { continue }
                try tx.notifications.bury(notification.id, claim: claim, error: fault)
                tally.add("other", .failed, count: notification.unreadable)
            }
            return (tally, ContinuousClock.now - begun)
        }
        worker.load.note(worked: worked)
        tally.report()
        for notification in chunk.finished {
            if let fault = notification.fault { logBurial(of: notification.id, fault) }
        }
    }

    /// What an earlier chunk had committed of it is dropped by its keys.
    private func applyAlone(_ notification: ReadNotification) async throws {
        var fault = notification.fault
        for start in stride(from: 0, to: notification.units.count, by: ChangeChunk.unitsMax) {
            let units = Array(notification.units[start...].prefix(ChangeChunk.unitsMax))
            do {
                try await persist { try await commit(ChangeChunk(units: units)) }
            } catch let error where Self.isPoison(error) {
                let failures = try await applyEach(units)
                if let failure = failures.first, fault == nil {
                    fault = "\(failures.count) of \(units.count) changes failed; the first: \(failure)"
                }
            }
        }
        let end = ReadNotification(id: notification.id, fault: fault, unreadable: notification.unreadable)
        try await persist { try await commit(ChangeChunk(finished: [end])) }
    }

    private func applyEach(_ units: [ChangeUnit]) async throws -> [any Error] {
        var failures: [any Error] = []
        for unit in units {
            guard let error = try await failure(of: unit) else { continue }
            failures.append(error)
            var tally = ChangeTally()
            tally.add(unit.field, .failed)
            tally.report()
        }
        return failures
    }

    /// Nil once it is applied.
    private func failure(of unit: ChangeUnit) async throws -> (any Error)? {
        var last: (any Error)?
        for _ in 0..<Self.triesOfOne {
            do {
                try await persist { try await commit(ChangeChunk(units: [unit])) }
                return nil
            } catch let error where Self.isPoison(error) {
                last = error
            }
        }
        return last
    }

    /// Whether the error comes from what is applied, not from our hold on it.
    private static func isPoison(_ error: any Error) -> Bool { !(error is LostClaim || error is CancellationError) }

    /// Repeats while the database does not serve: nothing that was acknowledged is given up for that.
    private func persist(_ body: () async throws -> Void) async throws {
        while true {
            if worker.isStopping { throw CancellationError() }
            do {
                return try await body()
            } catch {
                switch StoreFailure(error) {
                case .permanent: throw error
                case .closed: throw CancellationError()
                case .passing: worker.logger.warning("the database does not serve", metadata: ["error": "\(error)"])
                }
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    private func release(_ notifications: [ReadNotification]) async {
        let (ids, claim) = (notifications.map(\.id), claim)
        // A task of its own: the worker's may be cancelled already.
        let release = Task { [store] in try? await store.write { try $0.notifications.release(ids, claim: claim) } }
        await release.value
    }

    private func logBurial(of id: Int64, _ fault: String) {
        worker.logger.error("a notification was kept aside", metadata: ["id": "\(id)", "error": "\(fault)"])
    }
}

extension ReadNotification {
    fileprivate init(id: Int64, fault: String?, unreadable: Int) {
        self.id = id
        self.fault = fault
        self.unreadable = unreadable
        units = []
    }
}
