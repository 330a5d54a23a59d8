// SPDX-License-Identifier: Apache-2.0

/// A rule for calls to come: which of them it strikes, and what goes wrong with those.
struct Fault: Sendable {
    enum Drop: String, Sendable {
        /// The connection breaks and nothing happened.
        case before
        /// It happened, and nobody is told.
        case after
    }

    /// So many calls in so much time of the sandbox's clock are let through; the others are refused.
    struct Throttle: Sendable {
        var calls: Int
        var period: Milliseconds
        var startedAt: Milliseconds = 0
        var counted = 0
    }

    var id = 0
    /// The JSON that planned it.
    var rule: String
    var plannedAt: Milliseconds
    /// The scenario it came with.
    var scenario: String?
    /// Names of operations; empty for all.
    var operations: Set<String>
    /// Only calls that name this object.
    var objectID: String?
    /// Strikes left; nil for no end.
    var left: Int?
    /// Calls that fit and are let pass first.
    var skip: Int
    var probability: Double
    /// On the sandbox's clock.
    var from: Milliseconds
    var until: Milliseconds
    var throttle: Throttle?
    var error: GraphError?
    /// A body that is not Graph's, such as a proxy's page.
    var rawBody: String?
    var rawStatus: Int
    var contentType: String?
    /// The connection breaks after so many bytes of the answer's body.
    var cutAfterBytes: Int?
    var latency: Latency?
    var drop: Drop?
    /// The call takes effect although it is answered with the error.
    var isAfterEffect: Bool
    var retryAfterMinutes: Int?
    var printsIDsAsNumbers: Bool
    /// What happens in the world when the call has taken effect; as in `POST /_sandbox/webhooks`.
    var consequence: JSON?
    var dice: SeededGenerator
    var matched = 0
    /// How long this strike holds the answer back.
    var delay: Milliseconds = 0

    /// What comes of calls it strikes, in place of their own outcome or upon it.
    var changesNothing: Bool {
        error == nil && rawBody == nil && contentType == nil && cutAfterBytes == nil && latency == nil && drop == nil
            && !printsIDsAsNumbers && consequence == nil
    }
}

extension Fault {
    private static let names: Set<String> = [
        "match", "operation", "operations", "id", "times", "skip", "probability", "seed", "after_seconds",
        "for_seconds", "status", "code", "subcode", "message", "details", "is_transient", "retry_after", "latency_ms",
        "latency", "drop", "after_effect", "body", "content_type", "cut_after_bytes", "ids_as_numbers", "throttle",
        "then", "user_title", "user_message",
    ]

    /// `now` is where its window counts from; `seed` decides by chance where the rule names no seed of its own.
    init(_ body: JSON, now: Milliseconds, seed: UInt64) throws(ControlFailure) {
        let object = try ControlObject(body, allowing: Self.names)
        let match = try object.object("match", allowing: ["operation", "operations", "id"]) ?? object
        rule = String(decoding: body.bytes(), as: UTF8.self)
        plannedAt = now
        operations = try Self.operations(match)
        objectID = try match.text("id")
        skip = Int(try object.number("skip", in: 0...1_000_000) ?? 0)
        probability = try object.fraction("probability") ?? 1
        dice = SeededGenerator(seed: UInt64(try object.number("seed", in: 0...Int64.max) ?? Int64(seed >> 1)))
        let longest = WorldState.longestStep / 1000
        from = now + (try object.number("after_seconds", in: 0...longest) ?? 0) * 1000
        let length = try object.number("for_seconds", in: 1...longest)
        until = length.map { [from] in from + $0 * 1000 } ?? .max
        throttle = try Self.throttle(object)
        latency = try Latency(body)
        rawBody = try object.text("body")
        rawStatus = Int(try object.number("status", in: 100...599) ?? 502)
        contentType = try object.text("content_type")
        cutAfterBytes = try object.number("cut_after_bytes", in: 0...1_000_000).map { Int($0) }
        isAfterEffect = try object.flag("after_effect")
        retryAfterMinutes = try object.number("retry_after", in: 0...100_000).map { Int($0) }
        printsIDsAsNumbers = try object.flag("ids_as_numbers")
        drop = try object.text("drop", oneOf: ["before", "after"]).flatMap(Drop.init(rawValue:))
        consequence = body["then"]
        error = Self.error(body, isThrottle: throttle != nil)
        let isOpen = throttle != nil || length != nil
        switch body["times"] {
        case nil: left = isOpen ? nil : 1
        case .null, .string("unlimited"): left = nil
        default: left = Int(try object.number("times", in: 1...1_000_000_000) ?? 1)
        }
        if changesNothing {
            throw ControlFailure("the rule changes nothing: give a status, code, latency, drop or body")
        }
    }

    private static func operations(_ match: ControlObject) throws(ControlFailure) -> Set<String> {
        var names = try match.list("operations").compactMap(\.json.text)
        if let name = try match.text("operation"), name != "*" { names.append(name) }
        for name in names where Operation(rawValue: name) == nil {
            throw match.failure("operation", "unknown value \(name)")
        }
        return Set(names)
    }

    private static func throttle(_ object: ControlObject) throws(ControlFailure) -> Throttle? {
        guard let limit = try object.object("throttle", allowing: ["calls", "per_seconds"]) else { return nil }
        return Throttle(
            calls: Int(try limit.number("calls", in: 0...1_000_000) ?? 0),
            period: (try limit.number("per_seconds", in: 1...WorldState.longestStep / 1000) ?? 3600) * 1000)
    }

    private static func error(_ body: JSON, isThrottle: Bool) -> GraphError? {
        guard body["body"] == nil else { return nil }
        guard isThrottle || body["code"] != nil || body["status"] != nil || body["subcode"] != nil else { return nil }
        let status = body["status"]?.number.map(Int.init)
        let usual = isThrottle ? 80007 : status.map { $0 >= 500 } == true ? 2 : 1
        let code = body["code"]?.number.map(Int.init) ?? usual
        var error = ErrorCatalog.error(code, subcode: body["subcode"]?.number.map(Int.init))
        if let status { error.status = status }
        if let message = body["message"]?.text { error.message = message }
        if let flag = body["is_transient"] { error.isTransient = flag.isTrue }
        if let details = body["details"]?.text { error.details = details }
        if let title = body["user_title"]?.text { error.userTitle = title }
        if let text = body["user_message"]?.text { error.userMessage = text }
        return error
    }

    var json: JSON {
        var members: [JSON.Member] = [
            .init("id", .int(Int64(id))),
            .init("operation", operations.isEmpty ? "*" : .string(operations.sorted().joined(separator: ","))),
            .init("times_left", left.map { .int(Int64($0)) } ?? .null), .init("matched", .int(Int64(matched))),
        ]
        if let scenario { members.append(.init("scenario", .string(scenario))) }
        if let objectID { members.append(.init("object_id", .string(objectID))) }
        if probability < 1 { members.append(.init("probability", .decimal("\(probability)"))) }
        if until != .max { members.append(.init("until", .string(SandboxClock.text(until)))) }
        if let throttle {
            members.append(
                .init("throttle", ["calls": .int(Int64(throttle.calls)), "per_seconds": .int(throttle.period / 1000)]))
        }
        if let error { members.append(.init("code", .int(Int64(error.code)))) }
        switch latency {
        case nil: break
        case .fixed(let value): members.append(.init("latency_ms", .int(Int64(value))))
        case let latency?: members.append(.init("latency", latency.json))
        }
        if let drop { members.append(.init("drop", .string(drop.rawValue))) }
        if let cutAfterBytes { members.append(.init("cut_after_bytes", .int(Int64(cutAfterBytes)))) }
        if let contentType { members.append(.init("content_type", .string(contentType))) }
        if let consequence { members.append(.init("then", consequence)) }
        return .object(members)
    }
}
