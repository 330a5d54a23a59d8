// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Hummingbird
import Services

/// The query of a list: `limit` (1 to 250, default 50), `cursor` and the list's own filters.
package struct ListQuery: Sendable {
    package let page: PageRequest
    private let filters: [String: String]
    private let scope: String
    private let cursors: CursorCoder

    /// Throws `invalidQuery` for unknown parameters, a limit out of bounds, and a cursor of another list or other filters.
    package init(_ request: Request, context: GangwayContext, filters names: [String], cursors: CursorCoder) throws {
        let caller = try context.requireCaller()
        var given: [String: String] = [:]
        for (name, value) in request.uri.queryParameters {
            guard names.contains(String(name)) || name == "limit" || name == "cursor" else {
                throw RequestFault.invalidQuery(parameter: String(name), message: "is not a parameter of this list")
            }
            guard !value.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
                throw RequestFault.invalidQuery(parameter: String(name), message: "has control characters")
            }
            given[String(name)] = String(value)
        }
        let limit = try given["limit"].map(Self.limit(_:)) ?? 50
        let cursor = given["cursor"]
        given["limit"] = nil
        given["cursor"] = nil
        let words = given.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        scope = ([caller.services.world, caller.principal.partnerID?.rawValue ?? "", request.uri.path] + words)
            .joined(separator: "\u{0}")
        filters = given
        self.cursors = cursors
        var after: PageKey?
        if let cursor {
            after = cursors.decode(cursor, scope: scope)
            guard after != nil else {
                throw RequestFault.invalidQuery(
                    parameter: "cursor", message: "is not a cursor of this list with these filters")
            }
        }
        page = PageRequest(limit: limit, after: after)
    }

    package func text(_ name: String) -> String? { filters[name] }

    package func value<T: RawRepresentable & CaseIterable>(_ name: String, as type: T.Type) throws -> T?
    where T.RawValue == String {
        guard let text = filters[name] else { return nil }
        guard let value = T(rawValue: text) else {
            let allowed = T.allCases.map(\.rawValue).joined(separator: ", ")
            throw RequestFault.invalidQuery(parameter: name, message: "must be one of \(allowed)")
        }
        return value
    }

    /// An id, by the type's own reading of text from outside.
    package func id<T>(_ name: String, _ read: (String) -> T?) throws -> T? {
        guard let text = filters[name] else { return nil }
        guard let id = read(text) else { throw RequestFault.invalidQuery(parameter: name, message: "is not an id") }
        return id
    }

    /// What `next_cursor` shows: nil on the last page.
    package func cursor(after key: PageKey?) -> String? { key.map { cursors.encode($0, scope: scope) } }

    private static func limit(_ text: String) throws -> Int {
        guard let limit = Int(text), (1...250).contains(limit) else {
            throw RequestFault.invalidQuery(parameter: "limit", message: "must be a whole number from 1 to 250")
        }
        return limit
    }
}
