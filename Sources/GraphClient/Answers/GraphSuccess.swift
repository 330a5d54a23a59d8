// SPDX-License-Identifier: Apache-2.0
package import Domain

/// An answer that may say `"success": false` under an HTTP 200; the client turns that into an error.
package protocol SaysSuccess {
    var isSuccess: Bool? { get }
}

/// `{"success": true}`, sometimes with an id.
package struct GraphSuccess: GraphObject, SaysSuccess {
    @Lenient package var success: Bool?
    @Lenient package var id: String?

    package var isSuccess: Bool? { success }
}

/// `{"id": …}` of something just made or changed.
package struct GraphCreated<ID: MetaID & LenientlyDecodable>: GraphObject {
    package let id: ID
}

/// A business as other nodes print it.
package struct BusinessSummary: GraphObject {
    package let id: BusinessID
    @Lenient package var name: String?
}

/// A node of which only the id is read, such as a `receiving_credential`.
package struct GraphReference: GraphObject {
    package let id: String

    enum CodingKeys: String, CodingKey { case id }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let id = try container.decode(Lenient<String>.self, forKey: .id).wrappedValue else {
            throw DecodingError.dataCorruptedError(forKey: .id, in: container, debugDescription: "no id")
        }
        self.id = id
    }
}
