// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What shall go wrong with calls to come.
struct Fault: Sendable {
    enum Drop: String, Sendable {
        /// The connection breaks and nothing happened.
        case before
        /// It happened, and nobody is told.
        case after
    }

    var id: Int
    /// An operation's name, or `*`.
    var operation: String
    /// Only calls that name this object.
    var objectID: String?
    var left: Int
    var probability: Double
    var error: GraphError?
    /// A body that is not Graph's, such as a proxy's page.
    var rawBody: String?
    var rawStatus: Int
    var latency: Milliseconds
    var drop: Drop?
    /// The call takes effect although it is answered with the error.
    var isAfterEffect: Bool
    var retryAfterMinutes: Int?
    var printsIDsAsNumbers: Bool
    var matched = 0

    init(_ body: JSON) throws(ControlFailure) {
        id = 0
        let match = body["match"] ?? body
        operation = match["operation"]?.text ?? "*"
        guard operation == "*" || Operation(rawValue: operation) != nil else {
            throw ControlFailure("operation: unknown value \(operation)")
        }
        objectID = match["id"]?.text
        left = Int(body["times"]?.number ?? 1)
        probability = body["probability"]?.text.flatMap(Double.init) ?? 1
        latency = body["latency_ms"]?.number ?? 0
        rawBody = body["body"]?.text
        rawStatus = Int(body["status"]?.number ?? 502)
        isAfterEffect = body["after_effect"]?.isTrue ?? false
        retryAfterMinutes = body["retry_after"]?.number.map(Int.init)
        printsIDsAsNumbers = body["ids_as_numbers"]?.isTrue ?? false
        if let text = body["drop"]?.text {
            guard let drop = Drop(rawValue: text) else { throw ControlFailure("drop: before or after expected") }
            self.drop = drop
        }
        error = Self.error(body)
    }

    private static func error(_ body: JSON) -> GraphError? {
        guard body["body"] == nil, body["code"] != nil || body["status"] != nil || body["subcode"] != nil else {
            return nil
        }
        let status = body["status"]?.number.map(Int.init)
        let code = body["code"]?.number.map(Int.init) ?? (status.map { $0 >= 500 } == true ? 2 : 1)
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
            .init("id", .int(Int64(id))), .init("operation", .string(operation)),
            .init("times_left", .int(Int64(left))),
            .init("matched", .int(Int64(matched))),
        ]
        if let objectID { members.append(.init("object_id", .string(objectID))) }
        if let error { members.append(.init("code", .int(Int64(error.code)))) }
        if latency > 0 { members.append(.init("latency_ms", .int(latency))) }
        if let drop { members.append(.init("drop", .string(drop.rawValue))) }
        return .object(members)
    }
}

/// The planned faults; the first that fits a call is spent on it.
final class FaultTable: Sendable {
    private struct Contents {
        var faults: [Fault] = []
        var lastID = 0
    }

    private let contents = Mutex(Contents())

    func add(_ fault: Fault) -> Fault {
        contents.withLock {
            $0.lastID += 1
            var fault = fault
            fault.id = $0.lastID
            $0.faults.append(fault)
            return fault
        }
    }

    var all: [Fault] { contents.withLock { $0.faults } }

    func clear() { contents.withLock { $0.faults = [] } }

    func take(_ operation: Operation, ids: [String]) -> Fault? {
        contents.withLock { contents in
            for index in contents.faults.indices {
                let fault = contents.faults[index]
                guard fault.left > 0, fault.operation == "*" || fault.operation == operation.rawValue else { continue }
                if let id = fault.objectID, !ids.contains(id) { continue }
                guard fault.probability >= 1 || Double.random(in: 0..<1) < fault.probability else { continue }
                contents.faults[index].left -= 1
                contents.faults[index].matched += 1
                return fault
            }
            return nil
        }
    }
}
