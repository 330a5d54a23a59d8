// SPDX-License-Identifier: Apache-2.0
import Domain
import FoundationEssentials
import HTTPSupport
import Hummingbird
import Services

/// Numbers as Graph lists them. All in one page unless `limit` asks for less; cursors are ours and opaque, as Meta's are.
/// Source: Splashify, "Phone Numbers".
struct PhoneNumberList: Encodable {
    struct Number: Encodable {
        struct Throughput: Encodable {
            let level: String

            enum CodingKeys: String, CodingKey {
                case level
            }
        }

        let id: String
        let verifiedName: String?
        let displayPhoneNumber: String?
        let codeVerificationStatus: String?
        let qualityRating: String?
        let platformType: String?
        let throughput: Throughput?
        let lastOnboardedTime: String?

        enum CodingKeys: String, CodingKey {
            case id
            case verifiedName = "verified_name"
            case displayPhoneNumber = "display_phone_number"
            case codeVerificationStatus = "code_verification_status"
            case qualityRating = "quality_rating"
            case platformType = "platform_type"
            case throughput
            case lastOnboardedTime = "last_onboarded_time"
        }

        init(_ listed: PhoneNumbers.Listed) {
            id = listed.facts.id.rawValue
            verifiedName = listed.facts.verifiedName
            displayPhoneNumber = listed.facts.displayPhoneNumber
            codeVerificationStatus = listed.facts.codeVerificationStatus
            qualityRating = listed.facts.qualityRating
            platformType = listed.facts.platformType
            throughput = listed.throughputLevel.map { Throughput(level: $0) }
            lastOnboardedTime = listed.lastOnboardedTime
        }
    }

    struct Paging: Encodable {
        struct Cursors: Encodable {
            let before: String
            let after: String

            enum CodingKeys: String, CodingKey {
                case before
                case after
            }
        }

        let cursors: Cursors

        enum CodingKeys: String, CodingKey {
            case cursors
        }
    }

    let data: [Number]
    let paging: Paging

    enum CodingKeys: String, CodingKey {
        case data
        case paging
    }

    init(_ numbers: [PhoneNumbers.Listed], query: Parameters) throws(RequestFault) {
        var window = numbers[...]
        if let after = query["after"], !after.isEmpty {
            window = window[(try Self.index(of: after, "after", in: numbers) + 1)...]
        }
        if let before = query["before"], !before.isEmpty {
            let end = try Self.index(of: before, "before", in: numbers)
            window = window.prefix(max(0, end - window.startIndex))
        }
        if let limit = query["limit"] {
            guard let limit = Int(limit), limit >= 1 else {
                throw .invalidQuery(parameter: "limit", message: "must be a whole number from 1")
            }
            window = query["before"] == nil ? window.prefix(limit) : window.suffix(limit)
        }
        data = window.map { Number($0) }
        paging = Paging(
            cursors: Paging.Cursors(
                before: data.first.map { Self.cursor($0.id) } ?? "", after: data.last.map { Self.cursor($0.id) } ?? ""))
    }

    private static func cursor(_ id: String) -> String { Data(id.utf8).base64EncodedString() }

    private static func index(
        of cursor: Substring, _ parameter: String, in numbers: [PhoneNumbers.Listed]
    ) throws(RequestFault) -> Int {
        guard let index = numbers.firstIndex(where: { Self.cursor($0.facts.id.rawValue) == cursor }) else {
            throw .invalidQuery(parameter: parameter, message: "is not a cursor of this list")
        }
        return index
    }
}
