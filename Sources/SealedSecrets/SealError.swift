// SPDX-License-Identifier: Apache-2.0

/// Why something could not be sealed or opened. Carries key ids, never keys or texts.
package enum SealError: Error, Hashable, Sendable {
    /// The bytes are no sealed text: too short, or of an unknown version.
    case malformed
    /// Sealed or wrapped with a key that this process does not hold.
    case unknownKey(id: String)
    /// Changed, or sealed for another world, table, column or row.
    case refused
    /// The cryptographic library failed.
    case cryptography
}

/// Why key-encryption keys could not be taken into use.
package enum KeyRingError: Error, Hashable, Sendable {
    case noKeys
    case duplicateID(String)
    /// `line` counts from 1.
    case malformedLine(Int)
    /// Others than the owner may read or write the key file; `mode` holds its permission bits.
    case open(path: String, mode: UInt32)
    case notARegularFile(path: String)
    case file(path: String, operation: String, errno: Int32)
}

extension KeyRingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noKeys: "the key file holds no key"
        case .duplicateID(let id): "two keys have the id \(id)"
        case .malformedLine(let line): "line \(line) is not an id, a space and the base64 of 32 bytes"
        case .open(let path, let mode):
            "\(path) has mode \(String(mode, radix: 8)) and must be readable by its owner alone: chmod 600 \(path)"
        case .notARegularFile(let path): "\(path) is not a regular file"
        case .file(let path, let operation, let code): "\(operation) of \(path) failed with errno \(code)"
        }
    }
}
