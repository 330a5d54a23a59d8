// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

extension PhoneNumberTable {
    /// What a number has left now, whichever door or run spent the rest.
    package func budget(_ kind: NumberBudget.Kind, of id: PhoneNumberID) throws -> NumberBudget {
        let since = tx.now - NumberBudget.window
        switch kind {
        case .registration:
            return NumberBudget(
                kind, calls: try registrations(of: id, since: since), lockedUntil: try lock(of: id), at: tx.now)
        case .codeRequest:
            return NumberBudget(kind, calls: try codeRequests(of: id, since: since), lockedUntil: nil, at: tx.now)
        }
    }

    /// Counted in the intent, as ``recordRegistration(of:onboarding:)``. Returns what ``withdrawCodeRequest(_:of:)`` takes.
    package func recordCodeRequest(of id: PhoneNumberID) throws -> Int {
        let row = try tx.sql.first(
            """
            INSERT INTO code_request (phone_number_id, attempt, at)
            SELECT ?, COALESCE(MAX(attempt), 0) + 1, ? FROM code_request WHERE phone_number_id = ?
            RETURNING attempt
            """, [.id(id), .time(tx.now), .id(id)])
        return try row?.int("attempt") ?? 0
    }

    /// It never reached Meta.
    package func withdrawCodeRequest(_ attempt: Int, of id: PhoneNumberID) throws {
        try tx.sql.execute(
            "DELETE FROM code_request WHERE phone_number_id = ? AND attempt = ?", [.id(id), .int(attempt)])
    }

    /// Meta answered that it locked the number.
    package func lock(_ id: PhoneNumberID, until: Timestamp) throws {
        try tx.sql.execute("UPDATE phone_number SET locked_until = ? WHERE id = ?", [.time(until), .id(id)])
    }

    private func lock(of id: PhoneNumberID) throws -> Timestamp? {
        try tx.sql.first("SELECT locked_until FROM phone_number WHERE id = ?", [.id(id)])?
            .optionalTimestamp("locked_until")
    }

    private func codeRequests(of id: PhoneNumberID, since: Timestamp) throws -> [Timestamp] {
        try tx.sql.query(
            "SELECT at FROM code_request WHERE phone_number_id = ? AND at > ? ORDER BY at", [.id(id), .time(since)]
        ).map { try $0.timestamp("at") }
    }
}
