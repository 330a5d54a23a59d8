// SPDX-License-Identifier: Apache-2.0
import Domain
import NIOCore
import Services

extension FuzzTarget {
    static let sinch = [
        FuzzTarget("sinch_account", group: "json") { bytes in
            read(bytes) { body in
                let (details, _) = try AccountBody.new(body)
                precondition(details.wabaName != nil || details.companyLegalName != nil, "an account without a name")
            }
            read(bytes) { body in
                var details = ProjectAccount.Details(businessID: BusinessID("1"))
                try AccountBody.change(body)?(&details)
            }
        },
        FuzzTarget("sinch_sender", group: "json", check: sender(_:)),
        FuzzTarget("sinch_webhook", group: "json") { bytes in
            read(bytes) { body in
                let (_, _, triggers) = try WebhookBody(body).whole()
                precondition(
                    !triggers.isEmpty && (triggers.count == 1 || !triggers.contains("ALL")), "ALL beside others")
            }
            read(bytes) { _ = try WebhookBody($0).part() }
        },
        FuzzTarget("sinch_comment", group: "json") { bytes in
            read(bytes) { body in
                let text = try CommentBody.read(body)
                precondition((1...65_535).contains(text.utf16.count), "a comment of another length")
            }
        },
        FuzzTarget("sinch_authorization", group: "headers") { bytes in
            switch SinchCredential(String(decoding: bytes, as: UTF8.self)) {
            case .basic(_, let secret): precondition(!secret.secret.isEmpty, "a secret out of nothing")
            case .bearer(let token):
                precondition(token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a token that no header may hold")
            case nil: break
            }
        },
        FuzzTarget("sinch_form", group: "headers") { bytes in
            let form = FormBody(String(decoding: bytes, as: UTF8.self))
            for name in ["grant_type", "client_id", "client_secret"] {
                precondition((form[name] ?? "").utf8.count <= bytes.count * 3, "a field out of nothing")
            }
        },
    ]

    private static func sender(_ bytes: [UInt8]) {
        read(bytes) { body in
            switch try SenderBody.read(body) {
            case .signup(let draft):
                precondition(draft.code == nil || draft.token == nil, "two proofs at once")
            case .number(let draft):
                precondition(draft.countryCode.utf8.allSatisfy { (48...57).contains($0) }, "a country code of letters")
            }
        }
        read(bytes) { body in
            _ = ProfileFields.read(body, required: false, nullable: true)
            try body.finish()
        }
    }

    private static func read(_ bytes: [UInt8], _ use: (BodyReader) throws -> Void) {
        do {
            try use(BodyReader(try JSONTree.object(from: ByteBuffer(bytes: bytes))))
        } catch {
            // The door has words for these and for no other.
            let isKnown = error is SinchError || error is RequestFault || error is ProjectError
            precondition(isKnown, "an error without words: \(error)")
        }
    }
}
