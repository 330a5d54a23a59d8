// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import GraphClient
package import Logging
package import OnboardingRunner
package import Store

/// Takes WABAs on record that were onboarded elsewhere, some rows a turn, and reports each row once.
package struct ImportHandler: WorkHandler {
    package let kind = WorkKind.wabaImport

    let store: Store
    let apps: AppDirectory
    let settings: ReconcilingSettings
    let logger: Logger

    package init(store: Store, apps: AppDirectory, settings: ReconcilingSettings, logger: Logger) {
        self.store = store
        self.apps = apps
        self.settings = settings
        self.logger = logger
    }

    package func run(_ work: ClaimedWork) async throws {
        let id = ImportID(rawValue: work.key)
        guard let item = try await store.read({ try $0.imports.find(id) }), item.state.isOpen else {
            return try await store.write { try $0.work.finish(work) }
        }
        let progress = TurnProgress(stored: work.progress)
        let app = try await apps.context(for: item.appID)
        guard let token = app.systemToken else { return try await fail(work, id, "the app has no system token") }
        if let percent = app.graph.appUsagePercent, percent >= settings.usageLimitPercent {
            let note = "\(percent) % of the app's hourly limit is used: onboardings come first"
            return try await postpone(work, id, progress, .held(settings.usagePause, note))
        }
        do throws(TurnStop) {
            let batch = try await batch(of: item, progress, app, token)
            let answers = await ask(batch.rows, item, app, token)
            try judgeDelay(of: answers, progress, app)
            try await commit(work, item, batch, answers)
        } catch {
            switch error {
            case .delay(let delay): try await postpone(work, id, progress, delay)
            case .failure(let failure): throw failure
            }
        }
    }

    package func giveUp(_ work: ClaimedWork) async throws {
        try await fail(
            work, ImportID(rawValue: work.key), "crashed \(work.crashes) times; the server's log has the cause")
    }

    // MARK: A turn

    /// Rows of one turn, and where the next one begins; nil at the end.
    private struct Batch: Sendable {
        var rows: [GivenRow] = []
        var next: TurnProgress?
        /// Read to its end.
        var donePiece: Int?
    }

    private func batch(
        of item: WABAImport, _ progress: TurnProgress, _ app: AppContext, _ token: SystemToken
    ) async throws(TurnStop) -> Batch {
        switch item.source {
        case .csv: return try await filed(item, progress)
        case .meta: return try await listed(item, progress, app, token)
        }
    }

    private func filed(_ item: WABAImport, _ progress: TurnProgress) async throws(TurnStop) -> Batch {
        let seq = progress.cursor.flatMap { Int($0) } ?? 1
        let piece: ImportTable.Piece?
        do {
            piece = try await store.read { try $0.imports.piece(seq, of: item.id) }
        } catch {
            throw .failure(error)
        }
        guard let piece else { return Batch() }
        let rows = GivenRow.rows(of: piece)
        var batch = Batch(rows: Array(rows.dropFirst(progress.offset).prefix(settings.recordPage)))
        var next = TurnProgress()
        if progress.offset + batch.rows.count < rows.count {
            next.cursor = String(seq)
            next.offset = progress.offset + batch.rows.count
        } else {
            next.cursor = String(seq + 1)
            batch.donePiece = seq
        }
        batch.next = next
        return batch
    }

    private func listed(
        _ item: WABAImport, _ progress: TurnProgress, _ app: AppContext, _ token: SystemToken
    ) async throws(TurnStop) -> Batch {
        var list = ListClientWABAs(
            of: app.app.businessID, order: .oldestFirst, limit: settings.recordPage, token: token)
        list.after = progress.cursor
        let page: GraphPage<WABAAnswer>
        do throws(GraphError) {
            page = try await app.graph.send(list)
        } catch {
            throw TurnStop(error)
        }
        var batch = Batch(
            rows: page.data.enumerated().map { GivenRow(line: item.rowsDone + $0.offset + 1, listed: $0.element) })
        if page.hasNext, let cursor = page.nextCursor, cursor != progress.cursor {
            var next = TurnProgress()
            next.cursor = cursor
            batch.next = next
        }
        return batch
    }

    private func ask(
        _ rows: [GivenRow], _ item: WABAImport, _ app: AppContext, _ token: SystemToken
    ) async -> [RowAnswer] {
        let reader = RowReader(store: store, app: app, token: token, partner: item.partnerID)
        return await inLanes(settings.lanes, rows) { row in await reader.read(row) }
    }

    private func judgeDelay(
        of answers: [RowAnswer], _ progress: TurnProgress, _ app: AppContext
    ) throws(TurnStop) {
        let errors = answers.compactMap(\.error)
        let limits = errors.filter { $0.isOfApp(app.graph.appUsagePercent) }
        // Meta's own words before ours about calls that we held back.
        if let limited = limits.first(where: { $0.code != nil }) ?? limits.first { throw TurnStop(limited) }
        if let refused = errors.first(where: \.isOfSystemToken) { throw TurnStop(refused) }
        guard let first = errors.first(where: { $0.class == .transient }) else { return }
        let patience = errors.count == answers.count ? settings.patience : min(2, settings.patience)
        if progress.failures < patience { throw TurnStop(first) }
    }

    private func commit(
        _ work: ClaimedWork, _ item: WABAImport, _ batch: Batch, _ answers: [RowAnswer]
    ) async throws(TurnStop) {
        do {
            let text = try batch.next?.text()
            try await store.write { tx in
                try tx.work.fence(work)
                guard var item = try tx.imports.find(item.id), item.state.isOpen else {
                    return try tx.work.finish(work)
                }
                for answer in answers {
                    let row = try ImportedRow(tx: tx, item: item).take(answer)
                    guard try tx.imports.report(row, of: item.id) else { continue }
                    item.rowsDone += 1
                    item.counts[row.outcome.rawValue, default: 0] += 1
                }
                if let piece = batch.donePiece { try tx.imports.dropPiece(piece, of: item.id) }
                item.state = text == nil ? .finished : .running
                item.detail = nil
                item.updatedAt = tx.now
                if text == nil { item.finishedAt = tx.now }
                try tx.imports.save(item)
                guard let text else { return try tx.work.finish(work) }
                try tx.work.reschedule(work, dueAt: tx.now, progress: text)
            }
        } catch {
            throw .failure(error)
        }
    }

    // MARK: Delays

    private func postpone(
        _ work: ClaimedWork, _ id: ImportID, _ progress: TurnProgress, _ delay: TurnDelay
    ) async throws {
        var progress = progress
        let (pause, note): (Duration, String)
        switch delay {
        case .held(let duration, let text): (pause, note) = (duration, text)
        case .refused(let error): return try await fail(work, id, error.plainText)
        case .unserved(let error):
            progress.failures += 1
            guard progress.failures < settings.failuresMax else { return try await fail(work, id, error.plainText) }
            pause = settings.retry.delay(failures: progress.failures, jitter: Double.random(in: 0.5..<1.5))
            note = error.plainText
        }
        let text = try progress.text()
        try await store.write { tx in
            try tx.work.fence(work)
            guard var item = try tx.imports.find(id), item.state.isOpen else { return try tx.work.finish(work) }
            item.state = .waiting
            item.detail = note
            item.updatedAt = tx.now
            try tx.imports.save(item)
            try tx.work.reschedule(work, dueAt: tx.now + pause, progress: text)
        }
    }

    private func fail(_ work: ClaimedWork, _ id: ImportID, _ detail: String) async throws {
        logger.error("import ended", metadata: ["import": "\(id)", "detail": "\(detail)"])
        try await store.write { tx in
            try tx.work.fence(work)
            try tx.work.finish(work)
            guard var item = try tx.imports.find(id), item.state.isOpen else { return }
            item.state = .failed
            item.detail = detail
            item.updatedAt = tx.now
            item.finishedAt = tx.now
            try tx.imports.save(item)
        }
    }
}
