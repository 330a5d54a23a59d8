// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

/// Read in the order of the documents: of several missing fields the first is named.
struct SignupRequest: Decodable {
    /// Each is a run written in one transaction, and a transaction stays small.
    static let changesMax = 25

    struct Entry: Decodable {
        let changes: [Change]

        enum CodingKeys: String, CodingKey {
            case changes
        }
    }

    struct Change: Decodable {
        let value: Value

        enum CodingKeys: String, CodingKey {
            case value
        }
    }

    struct Value: Decodable {
        let event: String
        let wabaInfo: WABAInfo

        enum CodingKeys: String, CodingKey {
            case event
            case wabaInfo = "waba_info"
        }
    }

    struct WABAInfo: Decodable {
        let wabaID: String
        let solutionID: String
        let phoneNumber: String
        let region: String

        enum CodingKeys: String, CodingKey {
            case wabaID = "waba_id"
            case solutionID = "solution_id"
            case phoneNumber = "phone_number"
            case region = "data_localization_region"
        }
    }

    let entry: [Entry]
    let autoSubscribe: Bool?
    let object: String

    enum CodingKeys: String, CodingKey {
        case entry
        case autoSubscribe = "auto_subscribe"
        case object
    }

    func enrolments(of customer: CustomerID) throws(ServiceError) -> [Onboardings.Request] {
        guard !entry.isEmpty else { throw .missing(field: "entry") }
        var requests: [Onboardings.Request] = []
        for (outer, entry) in entry.enumerated() {
            guard !entry.changes.isEmpty else { throw .missing(field: "entry[\(outer)].changes") }
            for (inner, change) in entry.changes.enumerated() {
                let path = "entry[\(outer)].changes[\(inner)].value"
                requests.append(try enrolment(change.value, at: path, of: customer))
            }
        }
        guard object == "tech_partner" else { throw Self.refusal(object, "object", #"must be "tech_partner""#) }
        guard requests.count <= Self.changesMax else {
            throw .invalid(field: "entry", message: "must not have more than \(Self.changesMax) changes")
        }
        return requests
    }

    private func enrolment(
        _ value: Value, at path: String, of customer: CustomerID
    ) throws(ServiceError) -> Onboardings.Request {
        guard value.event == "PARTNER_ADDED" else {
            throw Self.refusal(value.event, path + ".event", #"must be "PARTNER_ADDED""#)
        }
        let info = value.wabaInfo
        let base = path + ".waba_info."
        guard let waba = WABAID(validating: info.wabaID) else {
            throw Self.refusal(info.wabaID, base + "waba_id", "must be 1 to 20 digits")
        }
        guard let solution = SolutionID(validating: info.solutionID) else {
            throw Self.refusal(info.solutionID, base + "solution_id", "must be 1 to 20 digits")
        }
        guard Self.isE164(info.phoneNumber) else {
            throw Self.refusal(info.phoneNumber, base + "phone_number", "must be in E.164 format with +")
        }
        guard Self.isRegion(info.region) else {
            throw Self.refusal(info.region, base + "data_localization_region", "must be a 2-letter ISO region code")
        }
        var request = Onboardings.Request(customerID: customer, plan: .techPartner)
        request.wabaID = waba
        request.solutionID = solution
        request.phoneNumber = info.phoneNumber
        request.region = info.region.uppercased()
        request.subscribesApp = autoSubscribe ?? false
        return request
    }

    /// An empty text is as good as none.
    private static func refusal(_ value: String, _ field: String, _ message: String) -> ServiceError {
        value.isEmpty ? .missing(field: field) : .invalid(field: field, message: message)
    }

    /// `+`, no leading zero, 7 to 15 digits. Source: ITU-T E.164; 7 as in Splashify, "Create customer".
    private static func isE164(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.utf8.first == UInt8(ascii: "+") && (7...15).contains(digits.count)
            && digits.first != UInt8(ascii: "0") && digits.allSatisfy { (48...57).contains($0) }
    }

    private static func isRegion(_ text: String) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { (65...90).contains($0 & 0xDF) }
    }
}
