// SPDX-License-Identifier: Apache-2.0

/// What is judged without Meta: the database, its disk, the keys, the clock.
package enum ServerRules {
    /// `settings` as the engine names them.
    package static func durability(engine: String, _ settings: [String: String]) -> DoctorFinding {
        let needed: [(name: String, values: Set<String>)] =
            engine == "sqlite"
            ? [("synchronous", ["2", "3"]), ("journal_mode", ["wal"])]
            : [
                ("fsync", ["on"]), ("full_page_writes", ["on"]),
                ("synchronous_commit", ["on", "remote_apply", "remote_write", "local"]),
            ]
        let wrong = needed.filter { !$0.values.contains(settings[$0.name] ?? "") }
        let shown = needed.map { "\($0.name)=\(settings[$0.name] ?? "unknown")" }.joined(separator: ", ")
        guard let first = wrong.first else { return .ok(.durability, "\(engine): \(shown)") }
        return DoctorFinding(
            .durability, .error, "\(engine): \(shown): what is answered as done may be lost in a power cut",
            remedy: "Set \(first.name) to \(first.values.sorted().joined(separator: " or ")) in the database server.")
    }

    /// Versions of migrations: those that the database has and those that this program knows.
    package static func schema(applied: [Int], known: [Int]) -> DoctorFinding {
        let missing = Set(known).subtracting(applied).sorted()
        let foreign = Set(applied).subtracting(known).sorted()
        if let first = foreign.first {
            return DoctorFinding(
                .schemaVersion, .error, "the schema has migration \(first), which this version does not know",
                remedy: "A newer version has migrated this database: run that version, or restore a backup.")
        }
        if let first = missing.first {
            return DoctorFinding(
                .schemaVersion, .error, "migration \(first) is missing", remedy: "Run gangway migrate, then restart.")
        }
        return .ok(.schemaVersion, "schema version \(applied.max() ?? 0)")
    }

    /// Bytes; nil when it cannot be read.
    package static func disk(free: Int64?, path: String) -> DoctorFinding {
        guard let free else {
            return DoctorFinding(
                .diskSpace, .warning, "the free space of \(path) cannot be read", remedy: "Does the directory exist?")
        }
        let text = "\(free / 1_048_576) MiB free below \(path)"
        let remedy = "Make room: what cannot be stored is refused with 503."
        if free < 200 * 1_048_576 { return DoctorFinding(.diskSpace, .error, text, remedy: remedy) }
        if free < 2_048 * 1_048_576 { return DoctorFinding(.diskSpace, .warning, text, remedy: remedy) }
        return .ok(.diskSpace, text)
    }

    /// What is seen of the key file.
    package struct KeyFileFacts: Sendable, Hashable {
        /// Nil when there is none, or it cannot be read.
        package let mode: UInt32?
        package let keyIDs: Set<String>
        package let trouble: String?

        package init(mode: UInt32?, keyIDs: Set<String>, trouble: String? = nil) {
            self.mode = mode
            self.keyIDs = keyIDs
            self.trouble = trouble
        }
    }

    /// `needed`: the keys that wrap this world's data keys.
    package static func keyFile(_ facts: KeyFileFacts, needed: Set<String>, path: String) -> DoctorFinding {
        let restore = "Put the key file back from its backup: without it no token, PIN or secret can be opened."
        if let trouble = facts.trouble {
            return DoctorFinding(.keyFile, .error, "\(path): \(trouble)", remedy: restore)
        }
        guard let mode = facts.mode else {
            return DoctorFinding(.keyFile, .error, "\(path) is not there", remedy: restore)
        }
        if mode & 0o077 != 0 {
            return DoctorFinding(
                .keyFile, .error, "\(path) can be read by others (mode \(String(mode & 0o777, radix: 8)))",
                remedy: "chmod 600 \(path)")
        }
        if let missing = needed.subtracting(facts.keyIDs).sorted().first {
            return DoctorFinding(.keyFile, .error, "\(path) lacks the key \(missing)", remedy: restore)
        }
        return .ok(.keyFile, "\(path): \(facts.keyIDs.count) key\(facts.keyIDs.count == 1 ? "" : "s"), mode 600")
    }

    /// How far this machine is ahead of Meta's `Date` header, which has whole seconds; nil when Meta gave none.
    package static func clock(aheadSeconds: Double?) -> DoctorFinding {
        guard let ahead = aheadSeconds else {
            return DoctorFinding(
                .clock, .warning, "Meta's time could not be read", remedy: "Can this machine reach Meta's address?")
        }
        let text = "this machine is \(Int(ahead.magnitude)) s \(ahead < 0 ? "behind" : "ahead of") Meta's clock"
        let remedy = "Keep the clock with NTP: codes live 30 s, and partners refuse webhooks 5 minutes off."
        if ahead.magnitude >= 60 { return DoctorFinding(.clock, .error, text, remedy: remedy) }
        if ahead.magnitude >= 5 { return DoctorFinding(.clock, .warning, text, remedy: remedy) }
        return .ok(.clock, "in step with Meta's clock")
    }
}
