// SPDX-License-Identifier: Apache-2.0

/// An id that is text in storage and on the wire, and a type of its own in code, so that the wrong one does not compile.
package protocol TextID: Hashable, Sendable, Codable, CustomStringConvertible {
    var rawValue: String { get }
    init(rawValue: String)
}

extension TextID {
    package var description: String { rawValue }

    package init(_ rawValue: String) { self.init(rawValue: rawValue) }

    package init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
