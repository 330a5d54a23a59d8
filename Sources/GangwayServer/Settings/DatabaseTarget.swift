// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
package import Logging
package import SQLEngine

/// Which engine a world's database is opened with, and where.
package enum DatabaseTarget: Sendable, Hashable {
    case sqlite(path: String)
    case postgres(url: String, schema: String)

    /// Each world has a database of its own: a SQLite file or a PostgreSQL schema.
    package init(setting: String?, dataDirectory: String, world: String, schemaPrefix: String = "gangway") throws {
        guard let setting else {
            self = .sqlite(path: "\(dataDirectory)/\(world).sqlite")
            return
        }
        if setting.hasPrefix("sqlite:") {
            let path = String(setting.dropFirst("sqlite:".count))
            guard !path.isEmpty else { throw SettingsError(description: "database: sqlite: needs a path") }
            self = .sqlite(path: world == "test" ? path : path + "-\(world)")
        } else if setting.hasPrefix("postgres://") || setting.hasPrefix("postgresql://") || setting.contains("=") {
            self = .postgres(url: setting, schema: "\(schemaPrefix)_\(world)")
        } else {
            throw SettingsError(description: "database must be sqlite:PATH or postgres://…")
        }
    }

    package func open(connections: Int, logger: Logger) async throws -> any SQLDatabase {
        switch self {
        case .sqlite(let path): try await SQLiteEngine.open(path: path, logger: logger)
        case .postgres(let url, let schema):
            try await PostgresEngine.open(url: url, schema: schema, connections: connections, logger: logger)
        }
    }

    /// Removes all that the world stored in PostgreSQL; a SQLite file is left to its folder's owner.
    package func dropSchema(logger: Logger) async throws {
        guard case .postgres(_, let schema) = self else { return }
        let database = try await open(connections: 1, logger: logger)
        do {
            try await database.migrate(["DROP SCHEMA IF EXISTS \(schema) CASCADE"])
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// What a server locks while it serves; nil where several nodes may.
    package var lockPath: String? {
        switch self {
        case .sqlite(let path): path + ".lock"
        case .postgres: nil
        }
    }

    /// Only one process serves a SQLite file.
    package var isSingleNode: Bool {
        switch self {
        case .sqlite: true
        case .postgres: false
        }
    }
}

extension DatabaseTarget: CustomStringConvertible {
    /// Without the connection string, which may hold a password.
    package var description: String {
        switch self {
        case .sqlite(let path): path
        case .postgres(_, let schema): "PostgreSQL schema \(schema)"
        }
    }
}
