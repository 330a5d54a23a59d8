// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
package import Logging
package import SQLEngine

/// Which engine a world's database is opened with, and where.
package enum DatabaseTarget: Sendable, Hashable {
    case sqlite(path: String)
    case postgres(url: String, schema: String)

    /// Each world has a database of its own: a SQLite file or a PostgreSQL schema.
    package init(setting: String?, dataDirectory: String, world: String) throws {
        guard let setting else {
            self = .sqlite(path: "\(dataDirectory)/\(world).sqlite")
            return
        }
        if setting.hasPrefix("sqlite:") {
            let path = String(setting.dropFirst("sqlite:".count))
            guard !path.isEmpty else { throw SettingsError(description: "database: sqlite: needs a path") }
            self = .sqlite(path: world == "test" ? path : path + "-\(world)")
        } else if setting.hasPrefix("postgres://") || setting.hasPrefix("postgresql://") || setting.contains("=") {
            self = .postgres(url: setting, schema: "gangway_\(world)")
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

    /// Only one process serves a SQLite file.
    package var isSingleNode: Bool {
        switch self {
        case .sqlite: true
        case .postgres: false
        }
    }
}
