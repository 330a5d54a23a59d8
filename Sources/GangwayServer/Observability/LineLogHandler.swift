// SPDX-License-Identifier: Apache-2.0
import Domain
package import Logging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One line a record on standard error: JSON for machines, plain text for a terminal. Control characters are escaped, so that
/// no value can forge a line.
package struct LineLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel: Logger.Level
    private let label: String
    private let isJSON: Bool

    package init(label: String, level: Logger.Level, isJSON: Bool) {
        self.label = label
        self.logLevel = level
        self.isJSON = isJSON
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
        if let given = event.metadata { fields.merge(given) { $1 } }
        let line = isJSON ? json(event, fields) : text(event, fields)
        Self.output(line + "\n")
    }

    private func json(_ event: LogEvent, _ fields: Logger.Metadata) -> String {
        var members: [String: JSONValue] = [
            "ts": .string(SystemClock().now().description), "level": .string(event.level.rawValue),
            "logger": .string(label), "msg": .string("\(event.message)"),
        ]
        for (key, value) in fields { members[key] = .string("\(value)") }
        return JSONValue.object(members).text
    }

    private func text(_ event: LogEvent, _ fields: Logger.Metadata) -> String {
        let time = SystemClock().now().description.dropFirst(11).dropLast(1)
        let pairs = fields.keys.sorted().map { key in
            " \(key)=\(fields[key].map { "\($0)" } ?? "")"
        }
        let line = "\(time) \(event.level.rawValue.uppercased()) \(event.message)\(pairs.joined())"
        return String(line.unicodeScalars.map { $0.value < 0x20 ? "?" : Character($0) })
    }

    private static func output(_ line: String) {
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
