// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import SQLEngine
import Store
import TestSupport
import Testing

@Suite("Migrations", .timeLimit(.minutes(1)))
struct SchemaTests {
    @Test("Run once, and a second start finds nothing to do", arguments: TestEngine.all)
    func repeated(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            #expect(try await Store.migrate(world.store.database) == [])
            let tables = try await world.store.database.logicalSchema().map(\.name)
            #expect(
                Set(tables).isSuperset(of: [
                    "onboarding", "credit_share", "work_item", "event", "delivery", "sealed_secret",
                ]))
        }
    }

    @Test("Both engines get the same logical schema", .enabled(if: TestEngine.all.count > 1))
    func sameOnBoth() async throws {
        var schemas: [[LogicalTable]] = []
        for engine in TestEngine.all {
            try await withTestStore(engine) { world in
                schemas.append(try await world.store.database.logicalSchema().sorted { $0.name < $1.name })
            }
        }
        for (left, right) in zip(schemas[0], schemas[1]) { #expect(left == right) }
        #expect(schemas[0].map(\.name) == schemas[1].map(\.name))
    }
}
