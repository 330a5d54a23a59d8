// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import SQLEngine
import StoreConformance

/// The server that `GANGWAY_TEST_PG` names (a URL or libpq string), with a schema of its own for each test.
struct PostgresFixture {
    static let server = ProcessInfo.processInfo.environment["GANGWAY_TEST_PG"] ?? ""
    static var isAvailable: Bool { !server.isEmpty }

    let schema = "test_\(UUID().uuidString.prefix(13).lowercased().replacing("-", with: "_"))"

    func open(connections: Int = 2, options: [String: String] = [:]) async throws -> PostgresEngine {
        try await PostgresEngine.open(
            url: Self.server(with: options), schema: schema, connections: connections, logger: Logger(label: "test"))
    }

    static func server(with options: [String: String]) -> String {
        let isURL = server.contains("://")
        return options.sorted { $0.key < $1.key }.reduce(server) { text, option in
            guard isURL else { return "\(text) \(option.key)='\(option.value)'" }
            let value = option.value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return "\(text)\(text.contains("?") ? "&" : "?")\(option.key)=\(value)"
        }
    }

    /// Gives `body` a fixture and drops its schema afterwards.
    static func with(_ body: (PostgresFixture) async throws -> Void) async throws {
        let fixture = PostgresFixture()
        do {
            try await body(fixture)
        } catch {
            try? await fixture.drop()
            throw error
        }
        try await fixture.drop()
    }

    private func drop() async throws {
        let engine = try await open(connections: 1)
        try await engine.migrate(["DROP SCHEMA \(schema) CASCADE"])
        await engine.close()
    }
}
