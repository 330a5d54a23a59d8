// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

/// Reconciliations, their drift, and imports. Source: DESIGN section 4; decision 10.
@Suite(.timeLimit(.minutes(1))) struct ReconcilingTableTests {
    @Test("One reconciliation of an app is open at a time", arguments: TestEngine.all)
    func oneOpen(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            try await world.store.seedWABA(of: seeded)
            try await world.store.write { tx in
                var first = try #require(try tx.reconciliations.begin(app: seeded.app, repairs: true, by: "op"))
                #expect(first.recordTotal == 1 && first.repairs)
                #expect(try tx.reconciliations.begin(app: seeded.app, repairs: false, by: "op") == nil)
                #expect(try tx.reconciliations.open(of: seeded.app) == first)
                first.state = .finished
                first.phase = .records
                first.counts.add(.foreign, 3)
                first.counts.checked = 1
                first.finishedAt = tx.now
                try tx.reconciliations.save(first)
                #expect(try tx.reconciliations.find(first.id) == first)
                #expect(try tx.reconciliations.begin(app: seeded.app, repairs: false, by: "op") != nil)
            }
        }
    }

    @Test("A difference is stored once a run, and its repair ends once", arguments: TestEngine.all)
    func driftOnce(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let waba = WABAID("102290129340398")
            let run = try await world.store.write { tx in
                try #require(try tx.reconciliations.begin(app: seeded.app, repairs: true, by: "op")).id
            }
            @Sendable func found(_ kind: DriftKind, _ number: String? = nil, _ repair: DriftRepair = .none) -> Drift {
                Drift(
                    id: DriftID(at: world.clock.now()), reconciliationID: run, kind: kind, wabaID: waba,
                    phoneNumberID: number.map { PhoneNumberID($0) }, detail: "why", repair: repair,
                    foundAt: world.clock.now())
            }
            let (whole, intended) = (found(.orphaned), found(.unsubscribed, nil, .intended))
            let drifts = [whole, intended, found(.numberDisconnected, "1"), found(.numberDisconnected, "2")]
            try await world.store.write { tx in
                #expect(try tx.reconciliations.record(drifts) == drifts)
                #expect(try tx.reconciliations.record([found(.orphaned), found(.numberDisconnected, "1")]).isEmpty)
                #expect(try tx.reconciliations.intended(of: run, wabas: [waba, WABAID("1")]) == [intended])
                #expect(try tx.reconciliations.intended(of: run, wabas: []).isEmpty)
                #expect(try tx.reconciliations.settle(intended.id, .repaired, detail: nil))
                #expect(try !tx.reconciliations.settle(intended.id, .failed, detail: "again"))
                #expect(try !tx.reconciliations.settle(whole.id, .repaired, detail: nil), "it was not intended")
                let page = try tx.reconciliations.drift(of: run, kind: .numberDisconnected, PageRequest(limit: 1))
                #expect(page.items.count == 1 && page.next != nil)
                let mended = try tx.reconciliations.drift(of: run, repair: .repaired, PageRequest())
                #expect(mended.items.map(\.detail) == ["why"])
            }
        }
    }

    @Test("What ended long ago is forgotten, in small bites", arguments: TestEngine.all)
    func prune(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let old = try await world.store.write { tx in
                var run = try #require(try tx.reconciliations.begin(app: seeded.app, repairs: false, by: "op"))
                for number in 1...120 {
                    _ = try tx.reconciliations.record([
                        Drift(
                            id: DriftID(at: tx.now), reconciliationID: run.id, kind: .foreign,
                            wabaID: WABAID(String(number)), foundAt: tx.now)
                    ])
                }
                run.state = .finished
                run.finishedAt = tx.now
                try tx.reconciliations.save(run)
                return run.id
            }
            world.clock.advance(by: .days(31))
            let open = try await world.store.write { tx in
                try #require(try tx.reconciliations.begin(app: seeded.app, repairs: false, by: "op")).id
            }
            var bites: [Int] = []
            repeat {
                bites.append(
                    try await world.store.write { try $0.reconciliations.prune(endedBefore: $0.now - .days(30)) })
            } while bites.last != 0
            #expect(bites == [100, 20, 1, 0])
            let left = try await world.store.read { tx in
                (try tx.reconciliations.find(old), try tx.reconciliations.find(open))
            }
            #expect(left.0 == nil && left.1 != nil)
        }
    }

    @Test("Records are walked by id, each once", arguments: TestEngine.all)
    func walk(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let ids = ["30", "4", "100", "21"]
            for id in ids { try await world.store.seedWABA(WABAID(id), of: seeded) }
            let walked = try await world.store.read { tx -> [[String]] in
                var pages: [[String]] = []
                var after: WABAID?
                while true {
                    let page = try tx.wabas.walk(app: seeded.app, after: after, limit: 3).map(\.id)
                    guard let last = page.last else { return pages }
                    pages.append(page.map(\.rawValue))
                    after = last
                }
            }
            #expect(walked == [["100", "21", "30"], ["4"]])
            let (none, count) = try await world.store.read { tx in
                (try tx.wabas.walk(app: AppID("1"), after: nil, limit: 3), try tx.wabas.count(app: seeded.app))
            }
            #expect(none.isEmpty && count == 4)
        }
    }

    @Test("Records are listed in both orders and by time and status", arguments: TestEngine.all)
    func list(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            var times: [Timestamp] = []
            for id in 1...6 {
                world.clock.advance(by: .seconds(1))
                times.append(world.clock.now())
                try await world.store.seedWABA(WABAID(String(id)), of: seeded, state: id == 6 ? .disconnected : .live)
            }
            func ids(_ change: (inout WABATable.Filter) -> Void) async throws -> String {
                var filter = WABATable.Filter()
                change(&filter)
                var all: [String] = []
                var after: PageKey?
                repeat {
                    let page = try await world.store.read { [filter, after] in
                        try $0.wabas.page(filter, PageRequest(limit: 2, after: after))
                    }
                    all += page.items.map(\.id.rawValue)
                    after = page.next
                } while after != nil
                return all.joined()
            }
            #expect(try await ids { _ in } == "654321")
            #expect(try await ids { $0.isOldestFirst = true } == "123456")
            #expect(try await ids { $0.createdAfter = times[1] } == "6543")
            #expect(try await ids { ($0.createdBefore, $0.isOldestFirst) = (times[2], true) } == "12")
            #expect(try await ids { $0.state = .live } == "54321")
            #expect(try await ids { $0.reviewStatus = "APPROVED" } == "")
        }
    }

    @Test("An import reports a line once, in the order of the file", arguments: TestEngine.all)
    func imports(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            try await world.store.write { tx in
                var item = WABAImport(
                    id: ImportID(at: tx.now), appID: seeded.app, source: .csv, partnerID: seeded.partner,
                    requestedBy: "op", rowTotal: 12, createdAt: tx.now, updatedAt: tx.now)
                let piece = ImportTable.Piece(seq: 1, firstLine: 2, body: Array("waba_id\n1\n".utf8))
                try tx.imports.insert(item, pieces: [piece])
                #expect(try tx.imports.piece(1, of: item.id) == piece)
                try tx.imports.dropPiece(1, of: item.id)
                #expect(try tx.imports.piece(1, of: item.id) == nil)
                for line in [11, 2, 10, 3] {
                    let row = ImportRow(line: line, wabaID: "\(line)", outcome: line == 3 ? .invalid : .imported)
                    #expect(try tx.imports.report(row, of: item.id))
                }
                #expect(try !tx.imports.report(ImportRow(line: 2, wabaID: "2", outcome: .failed), of: item.id))
                let first = try tx.imports.rows(of: item.id, PageRequest(limit: 3))
                #expect(first.items.map(\.line) == [2, 3, 10])
                let rest = try tx.imports.rows(of: item.id, PageRequest(limit: 3, after: first.next))
                #expect(rest.items.map(\.line) == [11] && rest.next == nil)
                #expect(try tx.imports.rows(of: item.id, outcome: .invalid, PageRequest()).items.map(\.line) == [3])
                item.state = .finished
                item.counts = ["imported": 3]
                try tx.imports.save(item)
                #expect(try tx.imports.find(item.id) == item)
            }
        }
    }
}
