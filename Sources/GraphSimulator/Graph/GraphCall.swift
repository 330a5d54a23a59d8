// SPDX-License-Identifier: Apache-2.0

enum GraphMethod: String, Sendable {
    case get, post, delete
}

/// One request at the Graph API's door, parsed and not yet judged.
struct GraphCall: Sendable {
    var method: GraphMethod
    /// Without the query: safe to log.
    var path: String
    /// What follows the version.
    var segments: [String]
    /// The version that serves the call, such as `v26.0`.
    var version: String
    var parameters: Parameters
    var token: String?
    /// `host:port` as the caller sees it, for `next` and `previous`.
    var authority: String
    var operation = Operation.unknown
    /// The path began with a word for who calls.
    var alias: Alias?
    /// The callback answered the handshake of this very call.
    var isHandshaken = false

    /// Words in the place of an id. Source: Meta, Graph API overview.
    enum Alias: String, Sendable { case me, app }

    var nodeID: String { segments.first ?? "" }

    /// Neither a node nor an edge that exists: refused before anyone asks who calls.
    var isUnknownPath: Bool {
        operation == .unknown && segments.count != 1
            && !(segments.count == 2 && nodeID.isObjectID && Operation.edges[segments[1]] != nil)
    }

    /// `POST /` or `POST /me` with `batch`.
    var isBatch: Bool {
        method == .post && (segments.isEmpty || (segments.count == 1 && alias == .me)) && parameters.has("batch")
    }

    /// The ids of `GET /?ids=…` and `GET /{edge}?ids=…`.
    var manyIDs: [String]? {
        guard method == .get, segments.count < 2, segments.first.map({ Operation.edges[$0] != nil }) ?? true else {
            return nil
        }
        return parameters.list("ids")
    }

    static let oldestVersion = 21
    static let newestVersion = 26

    /// Splits the path; an expired version is served as the oldest living one, none as the newest.
    static func route(_ path: String) throws(GraphError) -> (version: String, segments: [String]) {
        var parts = path.utf8.split(separator: UInt8(ascii: "/"))[...]
        var major = newestVersion
        if let first = parts.first.map({ String(Substring($0)) }), let named = self.major(first) {
            guard named <= newestVersion, first.hasSuffix(".0") else { throw .unknownPath(path) }
            major = max(named, oldestVersion)
            parts = parts.dropFirst()
        }
        return (versions[major - oldestVersion], parts.map { String(Substring($0)) })
    }

    private static let versions = (oldestVersion...newestVersion).map { "v\($0).0" }

    static func hasVersion(_ path: String) -> Bool {
        path.split(separator: "/", maxSplits: 1).first.flatMap { major(String($0)) } != nil
    }

    private static func major(_ segment: String) -> Int? {
        guard segment.hasPrefix("v"), let dot = segment.firstIndex(of: ".") else { return nil }
        return Int(segment[segment.index(after: segment.startIndex)..<dot])
    }

    func required(_ name: String) throws(GraphError) -> String {
        guard let value = parameters.text(name) else { throw .required(name) }
        return value
    }
}

/// What an operation answers when it went well.
struct GraphReply: Sendable {
    var body: JSON
    /// What changed in the world; nil for a read.
    var effect: Effect?
    /// More for the call log; never a secret.
    var note: JSON.Member?

    init(_ body: JSON, effect: Effect? = nil, note: JSON.Member? = nil) {
        self.body = body
        self.effect = effect
        self.note = note
    }

    static func success(_ effect: Effect?, note: JSON.Member? = nil) -> GraphReply {
        GraphReply(["success": true], effect: effect, note: note)
    }
}

/// Names in the call log for what a call changed.
enum Effect: String, Sendable {
    case exchangedCode = "exchanged_code"
    case issuedToken = "issued_token"
    case revokedToken = "revoked_token"
    case fetchedBusinessToken = "fetched_business_token"
    case subscribedCallback = "subscribed_callback"
    case unsubscribedCallback = "unsubscribed_callback"
    case updatedWABA = "updated_waba"
    case subscribed
    case overrodeCallback = "overrode_callback"
    case unsubscribed
    case assignedUser = "assigned_user"
    case removedUser = "removed_user"
    case sharedCredit = "shared_credit"
    case attachedCredit = "attached_credit"
    case revokedCredit = "revoked_credit"
    case addedPhoneNumber = "added_phone_number"
    case sharedPhoneNumber = "shared_phone_number"
    case unsharedPhoneNumber = "unshared_phone_number"
    case requestedCode = "requested_code"
    case verifiedCode = "verified_code"
    case registered
    case deregistered
    case changedPIN = "changed_pin"
    case updatedPhoneNumber = "updated_phone_number"
    case updatedProfile = "updated_profile"
    case sentMessage = "sent_message"
    case requestedSync = "requested_sync"
    case readMessage = "read_message"
    case createdSolution = "created_solution"
    case changedSolution = "changed_solution"
    case askedForMigration = "asked_for_migration"
    case createdTemplate = "created_template"
    case updatedTemplate = "updated_template"
    case deletedTemplate = "deleted_template"
    case submittedVerification = "submitted_verification"
}
