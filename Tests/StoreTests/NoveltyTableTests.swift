// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine
import Store
import TestSupport
import Testing

@Suite("Novelties", .timeLimit(.minutes(1)))
struct NoveltyTableTests {
    private func sightings(_ range: ClosedRange<Int>, times: Int = 1) -> [NoveltyKey: MetaWatch.Sighting] {
        let watch = MetaWatch()
        for number in range {
            for _ in 0..<times { watch.note(NoveltyKey(.field, "read_waba", "f\(number)")) { #"{"f":0}"# } }
        }
        return watch.drain()
    }

    @Test("Counts add up, the first and the last time stay, the latest come first", arguments: TestEngine.all)
    func counts(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let first = world.clock.now()
            let two = sightings(1...2, times: 3)
            #expect(try await world.store.write { try $0.novelties.add(two) } == 0)
            world.clock.advance(by: .hours(1))
            let one = sightings(2...2)
            #expect(try await world.store.write { try $0.novelties.add(one) } == 0)
            let all = try await world.store.read { try $0.novelties.all() }
            #expect(all.map(\.key.word) == ["f2", "f1"] && all.map(\.count) == [4, 3])
            #expect(all[0].firstSeenAt == first && all[0].lastSeenAt == first + .hours(1))
            #expect(all[0].sample == #"{"f":0}"#)
            #expect(try await world.store.read { try $0.novelties.all(kind: .event) }.isEmpty)
            #expect(try await world.store.write { try $0.novelties.clear() } == 2)
        }
    }

    @Test("What is beyond the limit is not kept, and what is known is still counted", arguments: TestEngine.all)
    func bounded(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            for start in stride(from: 1, through: NoveltyTable.rowsMax, by: 50) {
                let part = sightings(start...(start + 49))
                #expect(try await world.store.write { try $0.novelties.add(part) } == 0)
            }
            let more = sightings(1_000...1_002)
            #expect(try await world.store.write { try $0.novelties.add(more) } == 2)
            let all = try await world.store.read { try $0.novelties.all() }
            #expect(all.count == NoveltyTable.rowsMax)
            #expect(all.first { $0.key.word == "f1000" }?.count == 2)
        }
    }
}
