// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One documented webhook: shapes are Meta's, values invented.
struct Example {
    let name: String
    let body: [UInt8]

    static func all(in file: String) throws -> [Example] {
        guard let url = Bundle.module.url(forResource: file, withExtension: "json", subdirectory: "Fixtures") else {
            throw Missing()
        }
        let root = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
        return try (root?["cases"] as? [[String: Any]] ?? []).map { item in
            guard let name = item["name"] as? String, let body = item["body"] else { throw Missing() }
            return Example(
                name: name, body: Array(try JSONSerialization.data(withJSONObject: body, options: .sortedKeys)))
        }
    }

    struct Missing: Error {}
}

/// A notification around `changes`, each the text of one element.
func notification(entry: String = "102290129340398", time: Int? = 1_764_000_000, _ changes: String...) -> [UInt8] {
    let time = time.map { #""time":\#($0),"# } ?? ""
    let list = changes.joined(separator: ",")
    return Array(
        #"{"object":"whatsapp_business_account","entry":[{"id":"\#(entry)",\#(time)"changes":[\#(list)]}]}"#.utf8)
}

func change(_ field: String, _ value: String) -> String { #"{"value":\#(value),"field":"\#(field)"}"# }

func review(_ decision: String) -> String { change("account_review_update", #"{"decision":"\#(decision)"}"#) }

func account(_ event: String, _ members: String = "") -> String {
    change("account_update", #"{"event":"\#(event)"\#(members.isEmpty ? "" : ",")\#(members)}"#)
}

func status(_ status: String, of id: String, recipient: String = "16505551234") -> String {
    change(
        "messages",
        #"{"metadata":{"phone_number_id":"106540352242922"},"statuses":[{"id":"\#(id)","status":"\#(status)","#
            + #""timestamp":"1764000000","recipient_id":"\#(recipient)"}]}"#)
}
