// SPDX-License-Identifier: Apache-2.0

/// The calls as a table for machines: `GET /_sandbox/operations`, and the table in docs/simulator.md.
enum OperationTable {
    /// What a call is checked for, and where it is plainer than Meta's.
    struct Notes: Sendable {
        var checks: String
        var simplified = ""

        init(_ checks: String, simplified: String = "") {
            self.checks = checks
            self.simplified = simplified
        }
    }

    private struct Place: Sendable {
        var method: GraphMethod
        var path: String
    }

    static var json: JSON {
        ["data": .array(Operation.allCases.filter { $0 != .unknown }.map(row).sorted { path(of: $0) < path(of: $1) })]
    }

    private static func path(of row: JSON) -> String { "\(row["path"]?.text ?? "") \(row["method"]?.text ?? "")" }

    private static func row(_ operation: Operation) -> JSON {
        let place = places[operation]
        let note = notes[operation]
        return [
            "operation": .string(operation.rawValue),
            "method": place.map { .string($0.method.rawValue.uppercased()) } ?? .null,
            "path": place.map { .string($0.path) } ?? .null, "token": .string(token(for: operation)),
            "permission": operation.requiredScope.map { .string($0) } ?? .null,
            "hourly_limit": .string(limit(of: operation)),
            "checks": note.map { .string($0.checks) } ?? .null, "simplified": .string(note?.simplified ?? ""),
        ]
    }

    private static func token(for operation: Operation) -> String {
        switch operation {
        case .appSubscribe, .appSubscriptions, .appUnsubscribe: "app"
        case .revokeToken: "any, and app secret"
        case .debugToken: "app or system"
        case _ where operation.isAnonymous: "app secret"
        case _ where operation.requiresSystemToken: "system"
        default: "business or system"
        }
    }

    private static func limit(of operation: Operation) -> String {
        switch operation.usageClass {
        case .management: "waba"
        case .credit: "credit"
        case nil: operation.countsForApp ? "app" : "none"
        }
    }

    /// Where each call stands, read off the routes themselves.
    private static let places: [Operation: Place] = {
        var places: [Operation: Place] = [
            .exchangeCode: Place(method: .get, path: "/oauth/access_token"),
            .appToken: Place(method: .get, path: "/oauth/access_token?grant_type=client_credentials"),
            .longLivedToken: Place(method: .get, path: "/oauth/access_token?grant_type=fb_exchange_token"),
            .revokeToken: Place(method: .get, path: "/oauth/revoke"),
            .debugToken: Place(method: .get, path: "/debug_token"),
        ]
        let methods: [GraphMethod] = [.get, .post, .delete]
        for kind in NodeKind.allCases {
            for method in methods {
                let operation = Operation.onNode(kind, method)
                if operation != .unknown { places[operation] = Place(method: method, path: "/\(word(for: kind))") }
            }
        }
        for (name, edge) in Operation.edges {
            for method in methods {
                guard let operation = edge[method] else { continue }
                places[operation] = Place(method: method, path: "/\(word(for: edge.kind))/\(name)")
            }
        }
        return places
    }()

    private static func word(for kind: NodeKind) -> String {
        switch kind {
        case .app: "{APP}"
        case .user: "{USER}"
        case .business: "{BUSINESS}"
        case .waba: "{WABA}"
        case .phoneNumber: "{PHONE}"
        case .template: "{TEMPLATE}"
        case .creditLine: "{LINE}"
        case .allocation: "{ALLOCATION}"
        case .solution: "{SOLUTION}"
        }
    }

    private static let notes = tokenNotes.merging(accountNotes) { first, _ in first }
        .merging(numberNotes) { first, _ in first }
}
