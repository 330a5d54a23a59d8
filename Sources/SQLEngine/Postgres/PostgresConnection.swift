// SPDX-License-Identifier: Apache-2.0
import CPostgres
import Foundation

/// One libpq connection, confined to the thread that made it; every call blocks.
final class PostgresConnection {
    private struct Prepared {
        let name: String
        let parameterCount: Int
        var lastUse: UInt64
    }

    /// Prepared statements kept at most; the least recently used goes first.
    private static let statementLimit = 256
    /// How long a caller waits for a server that does not answer, in seconds.
    private static let patienceSeconds = 5.0

    private let settings: PostgresSettings
    private(set) var handle: OpaquePointer?
    private var statements: [String: Prepared] = [:]
    private var uses: UInt64 = 0
    private var names: UInt64 = 0

    init(settings: PostgresSettings) { self.settings = settings }

    deinit { PQfinish(handle) }

    // MARK: Being connected

    /// Connects if needed, retrying with growing pauses until patience ends.
    func ensureConnected() throws(PostgresFailure) {
        guard handle == nil || PQstatus(handle) != CONNECTION_OK else { return }
        let giveUp = Date(timeIntervalSinceNow: Self.patienceSeconds)
        var pauseSeconds = 0.05
        while true {
            do throws(PostgresFailure) {
                return try connect()
            } catch {
                guard Date(timeIntervalSinceNow: pauseSeconds) < giveUp else { throw error }
            }
            Thread.sleep(forTimeInterval: pauseSeconds * Double.random(in: 0.5...1))
            pauseSeconds = min(pauseSeconds * 2, 1)
        }
    }

    /// Connects once.
    func connect() throws(PostgresFailure) {
        disconnect()
        handle = withCStrings(settings.parameters.map { $0.key }) { keys in
            withCStrings(settings.parameters.map { $0.value }) { values in PQconnectdbParams(keys, values, 0) }
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = lastMessage
            disconnect()
            guard message.contains("too many") || message.contains("remaining connection slots") else {
                throw .lost(message)
            }
            throw PostgresFailure(error: .busy(message), isConnectionLost: true)
        }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        try simple(settings.sessionSetup)
    }

    func disconnect() {
        PQfinish(handle)
        handle = nil
        statements = [:]
    }

    /// A server that said something unasked has closed the connection or is about to.
    func dropIfDead() {
        guard let handle else { return }
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        if descriptor.fd < 0 || poll(&descriptor, 1, 0) != 0 { disconnect() }
    }

    private var lastMessage: String {
        PQerrorMessage(handle).map { String(cString: $0).trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
    }

    private func withCStrings<T>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> T) -> T {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies.map { UnsafePointer($0) } + [nil])
    }

    // MARK: Statements

    /// Runs fixed text without parameters; returns the last command's tag.
    @discardableResult
    func simple(_ sql: String) throws(PostgresFailure) -> String {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        try check(result)
        return PQcmdStatus(result).map { String(cString: $0) } ?? ""
    }

    /// Runs `sql`, prepared once for this connection.
    func run(_ sql: String, _ values: [SQLValue]) throws(PostgresFailure) -> (rows: [SQLRow], changes: Int) {
        let name = try prepare(sql, parameterCount: values.count)
        let result = try Self.local { () throws(SQLError) in try PostgresParameters(values) }
            .withPointers { count, values, lengths, formats in
                PQexecPrepared(handle, name, count, values, lengths, formats, 1)
            }
        defer { PQclear(result) }
        try check(result)
        guard let result else { throw .lost("no result") }
        let rows = try Self.local { () throws(SQLError) in try PostgresResult.rows(of: result) }
        return (rows, PostgresResult.changes(of: result))
    }

    /// Returns the name of the prepared statement for `sql`.
    func prepare(_ sql: String, parameterCount: Int) throws(PostgresFailure) -> String {
        uses += 1
        if let prepared = statements[sql] {
            statements[sql]?.lastUse = uses
            try Self.require(prepared.parameterCount, equals: parameterCount)
            return prepared.name
        }
        let numbered = NumberedPlaceholders(sql)
        try Self.require(numbered.count, equals: parameterCount)
        if statements.count >= Self.statementLimit { try forgetOldest() }
        names += 1
        let name = "g\(names)"
        let result = PQprepare(handle, name, numbered.text, 0, nil)
        defer { PQclear(result) }
        try check(result)
        statements[sql] = Prepared(name: name, parameterCount: numbered.count, lastUse: uses)
        return name
    }

    private func forgetOldest() throws(PostgresFailure) {
        guard let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        statements[oldest.key] = nil
        try simple("DEALLOCATE \(oldest.value.name)")
    }

    /// Call outside a transaction.
    func forgetStatements() throws(PostgresFailure) {
        statements = [:]
        try simple("DEALLOCATE ALL")
    }

    private func check(_ result: OpaquePointer?) throws(PostgresFailure) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default: throw failure(result)
        }
    }

    func failure(_ result: OpaquePointer?) -> PostgresFailure {
        let isLost = PQstatus(handle) != CONNECTION_OK
        guard result != nil else { return .lost(lastMessage) }
        return PostgresFailure(result: result, isConnectionLost: isLost)
    }

    private static func require(_ expected: Int, equals count: Int) throws(PostgresFailure) {
        guard count == expected else {
            throw PostgresFailure(
                error: .statement(code: "", message: "\(count) parameters for \(expected) placeholders"))
        }
    }

    private static func local<T>(_ body: () throws(SQLError) -> T) throws(PostgresFailure) -> T {
        do {
            return try body()
        } catch {
            throw PostgresFailure(error: error)
        }
    }
}
