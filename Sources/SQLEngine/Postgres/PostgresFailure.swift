// SPDX-License-Identifier: Apache-2.0
import CPostgres

/// A failed call with what decides whether to repeat it.
struct PostgresFailure: Error {
    let error: SQLError
    /// Empty where the failure did not come from the server.
    var state = ""
    var isConnectionLost = false

    /// The server chose this transaction as the victim of a conflict.
    var isConflict: Bool { state == "40001" || state == "40P01" }
    /// A prepared statement is gone or its table has changed since: prepared afresh it works.
    var isStaleStatement: Bool { state == "26000" || state == "0A000" }

    init(error: SQLError, state: String = "", isConnectionLost: Bool = false) {
        self.error = error
        self.state = state
        self.isConnectionLost = isConnectionLost
    }

    static func lost(_ message: String) -> PostgresFailure {
        PostgresFailure(error: .connection(message), isConnectionLost: true)
    }

    /// Reads the diagnosis out of `result`, which stays the caller's to clear.
    init(result: OpaquePointer?, isConnectionLost: Bool) {
        let state = Self.field(result, "C")
        let message = Self.field(result, "M")
        let constraint = Self.field(result, "n")
        self.init(
            error: Self.error(state: state, message: message, constraint: constraint, isLost: isConnectionLost),
            state: state, isConnectionLost: isConnectionLost)
    }

    private static func field(_ result: OpaquePointer?, _ code: Unicode.Scalar) -> String {
        guard let result, let text = PQresultErrorField(result, CInt(code.value)) else { return "" }
        return String(cString: text)
    }

    /// Source: PostgreSQL 15, appendix A "PostgreSQL Error Codes".
    private static func error(state: String, message: String, constraint: String, isLost: Bool) -> SQLError {
        switch state {
        case "23505": return .uniqueViolation(constraint: constraint)
        case "40001", "40P01": return .serialization(message)
        case "25006": return .readOnly
        case "53100", "58030", "XX001", "XX002": return .storage(message)
        case "53200", "53300", "53400", "55P03", "57014", "57P03": return .busy(message)
        case "08P01": return .statement(code: state, message: message)
        default: break
        }
        if isLost { return .connection(message.isEmpty ? "connection lost" : message) }
        switch state.prefix(2) {
        case "23": return .constraintViolation(constraint.isEmpty ? message : constraint)
        case "08": return .connection(message)
        // Messages of this class quote the value that was refused.
        case "22": return .statement(code: state, message: "data exception")
        default: return .statement(code: state, message: message)
        }
    }
}
