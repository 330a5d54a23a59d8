// SPDX-License-Identifier: Apache-2.0
import CPostgres

/// A connection string as libpq understands it, with our defaults for what it leaves open.
struct PostgresSettings: Sendable {
    /// libpq's words: connection parameters in order.
    let parameters: [(key: String, value: String)]
    let schema: String

    /// Longest schema name in bytes: the notification channel carries it and may have 63.
    private static let schemaLimit = 48

    /// Source: PostgreSQL 15, "Database Connection Control Functions". Times in seconds, except `tcp_user_timeout` in
    /// ms.
    private static let defaults = [
        ("target_session_attrs", "read-write"), ("application_name", "gangway"), ("connect_timeout", "5"),
        ("client_encoding", "UTF8"), ("keepalives", "1"), ("keepalives_idle", "20"), ("keepalives_interval", "5"),
        ("keepalives_count", "3"), ("tcp_user_timeout", "30000"),
    ]

    /// Accepts `postgres://` URLs and `key=value` strings, also with several hosts.
    init(url: String, schema: String) throws(SQLError) {
        guard !schema.isEmpty, schema.utf8.count <= Self.schemaLimit, !schema.utf8.contains(0) else {
            throw .connection("a schema name has 1 to \(Self.schemaLimit) bytes")
        }
        self.schema = schema
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            PQfreemem(message)
            // libpq's message quotes the string, which may hold the password.
            throw .connection("the connection string is malformed")
        }
        defer { PQconninfoFree(options) }
        var given: [(key: String, value: String)] = []
        var option = options
        while let key = option.pointee.keyword {
            if let value = option.pointee.val {
                given.append((key: String(cString: key), value: String(cString: value)))
            }
            option += 1
        }
        let keys = Set(given.map { $0.key })
        parameters = given + Self.defaults.filter { !keys.contains($0.0) }.map { (key: $0.0, value: $0.1) }
    }

    var quotedSchema: String { Self.quoted(schema) }

    /// One channel of the server for each schema, so that two worlds in one database do not wake each other.
    var channel: String { "gangway:\(schema)" }

    static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

    static func literal(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

    /// `synchronous_commit` is only ever raised: a server set to `remote_apply` keeps it.
    var sessionSetup: String {
        """
        SET search_path TO \(quotedSchema);
        SET default_transaction_isolation TO 'read committed';
        SET standard_conforming_strings TO on;
        SET client_min_messages TO error;
        SET idle_in_transaction_session_timeout TO '60s';
        SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
        """
    }
}
