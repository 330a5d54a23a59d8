// SPDX-License-Identifier: Apache-2.0
import Domain
import FoundationEssentials
package import Logging
import SQLEngine
import SealedSecrets
import Services
import Store

/// One world's database without a running server.
package struct OfflineWorld: Sendable {
    package let world: String
    package let target: DatabaseTarget
    private let settings: ServerSettings
    private let logger: Logger

    package init(world: String, settings: ServerSettings, logger: Logger) throws {
        self.world = world
        self.settings = settings
        self.logger = logger
        target = try settings.databaseTarget(world: world)
        try FileManager.default.createDirectory(
            atPath: settings.dataDirectory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Applies what is missing; returns the names of what it applied.
    package func migrate() async throws -> [String] {
        try await withDatabase { try await Store.migrate($0) }
    }

    /// A key of the operator or, with an id, of that partner. The server, if it runs, knows it at once.
    package func mintKey(partner: String?) async throws -> MintedKey {
        let partner = try partner.map { text in
            guard let id = PartnerID(validating: text) else {
                throw SettingsError(description: "\(text) is not a partner's id")
            }
            return id
        }
        return try await withDatabase { database in
            let keyRing = try KeyFile.loadOrCreate(path: settings.keyFile ?? settings.dataDirectory + "/keys")
            let store = try await Store.open(
                world: world, database: database, keyRing: keyRing, clock: SystemClock())
            do {
                let minted = try await APIKeys(store: store).mint(for: partner, by: "command line")
                return MintedKey(id: minted.key.id.rawValue, key: minted.secret.secret)
            } catch ServiceError.partnerNotFound {
                throw SettingsError(description: "this partner is not in the \(world) world of \(target)")
            }
        }
    }

    private func withDatabase<T: Sendable>(_ body: (any SQLDatabase) async throws -> T) async throws -> T {
        let database = try await target.open(connections: 2, logger: logger)
        do {
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }
}

/// A key as it is shown, once.
package struct MintedKey: Codable, Sendable {
    package let id: String
    package let key: String
}
