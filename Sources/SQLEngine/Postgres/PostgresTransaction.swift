// SPDX-License-Identifier: Apache-2.0

/// One closure's view of a connection. After its first error nothing more runs: the server refuses it anyway.
final class PostgresTransaction: SQLTransaction {
    /// Bytes of a channel name at most, well below the server's limit for a payload.
    private static let channelLimit = 1_000

    private let connection: PostgresConnection
    private let serverChannel: String
    private let isReadOnly: Bool
    private(set) var channels: Set<String> = []
    private(set) var failure: PostgresFailure?

    init(_ connection: PostgresConnection, serverChannel: String, isReadOnly: Bool) {
        self.connection = connection
        self.serverChannel = serverChannel
        self.isReadOnly = isReadOnly
    }

    func execute(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> Int { try run(sql, parameters).changes }

    func query(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> [SQLRow] { try run(sql, parameters).rows }

    func notify(_ channel: String) throws(SQLError) {
        if let failure { throw failure.error }
        guard !isReadOnly else { throw fail(PostgresFailure(error: .readOnly)) }
        guard channel.utf8.count <= Self.channelLimit else {
            throw fail(PostgresFailure(error: .statement(code: "22023", message: "the channel name is too long")))
        }
        guard channels.insert(channel).inserted else { return }
        _ = try run("SELECT pg_notify(?, ?)", [.text(serverChannel), .text(channel)])
    }

    private func run(_ sql: String, _ parameters: [SQLValue]) throws(SQLError) -> (rows: [SQLRow], changes: Int) {
        if let failure { throw failure.error }
        do {
            return try connection.run(sql, parameters)
        } catch {
            throw fail(error)
        }
    }

    private func fail(_ failure: PostgresFailure) -> SQLError {
        self.failure = failure
        return failure.error
    }
}
