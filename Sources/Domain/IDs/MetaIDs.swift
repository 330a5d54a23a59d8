// SPDX-License-Identifier: Apache-2.0

/// An id that Meta gives: decimal digits, printed sometimes as a JSON string, sometimes as a number beyond 2^53. Text here, always.
package protocol MetaID: TextID {}

extension MetaID {
    /// Text from outside: nil unless it is 1 to 20 decimal digits, the first of them not 0.
    package init?(validating text: String) {
        guard (1...20).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "0") else { return nil }
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        self.init(rawValue: text)
    }

    /// Reads a JSON string or a JSON integer. Source: Meta prints WABA ids both ways.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.init(rawValue: text)
        } else {
            self.init(rawValue: String(try container.decode(UInt64.self)))
        }
    }
}

/// A Meta app.
package struct AppID: MetaID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A WhatsApp Business Account; since H2 2026 the same id space names a Messaging Account.
package struct WABAID: MetaID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// Meta's id of a business phone number; not the number itself.
package struct PhoneNumberID: MetaID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A business portfolio.
package struct BusinessID: MetaID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct SystemUserID: MetaID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// An extended credit line.
package struct CreditLineID: MetaID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// One sharing of a credit line with one receiving business.
package struct AllocationID: MetaID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A Multi-Partner Solution.
package struct SolutionID: MetaID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A message template or a flow.
package struct CloudObjectID: MetaID {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}
