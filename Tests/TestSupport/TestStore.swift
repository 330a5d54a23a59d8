// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import SQLEngine
import SealedSecrets
package import Store

/// An empty world on its own database: `store.clock` is `clock`, a key ring of its own, removed by ``close()``.
package struct TestStore: Sendable {
    package let store: Store
    package let clock: TestClock
    private let engine: TestEngine
    private let name: String
    private let folder: URL

    /// A directory of its own, removed with the store.
    package var directory: String { folder.path }

    package static func open(
        _ engine: TestEngine = .sqlite, clock: TestClock = TestClock(),
        renderer: EventRenderer = EventRenderer { _, _ in nil }
    ) async throws -> TestStore {
        let name = "store_" + UUID().uuidString.lowercased().replacing("-", with: "_")
        let folder = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            let database = try await engine.open(name, folder.path)
            let store = try await Store.open(
                world: "test", database: database, keyRing: KeyRing(keys: [.generate()]), clock: clock,
                renderer: renderer)
            return TestStore(store: store, clock: clock, engine: engine, name: name, folder: folder)
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    package func close() async {
        await store.database.close()
        try? await engine.remove(name)
        try? FileManager.default.removeItem(at: folder)
    }
}

/// Runs `body` on a fresh store and removes it afterwards, whatever happens.
package func withTestStore<T: Sendable>(
    _ engine: TestEngine = .sqlite, clock: TestClock = TestClock(),
    renderer: EventRenderer = EventRenderer { _, _ in nil }, _ body: (TestStore) async throws -> T
) async throws -> T {
    let world = try await TestStore.open(engine, clock: clock, renderer: renderer)
    do {
        let result = try await body(world)
        await world.close()
        return result
    } catch {
        await world.close()
        throw error
    }
}
