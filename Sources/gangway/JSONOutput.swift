// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// What `--json` prints: one value, keys sorted.
enum JSONOutput {
    static func write(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        StandardOutput.write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
    }
}
