// SPDX-License-Identifier: Apache-2.0
import Domain

/// What `status` says as a number. Only 2, in the answer to a new request, is documented, and not explained; the others are ours.
enum ActivationStatus: Int, Sendable, CaseIterable {
    /// Its number can send.
    case live = 1
    case submitted = 2
    /// Approved; its onboarding waits or runs.
    case underWay = 3
    case rejected = 4
    /// Its onboarding stopped: somebody must act.
    case actionRequired = 5
    /// Its onboarding came to nothing: another request may be made.
    case ended = 6

    init(_ state: ActivationState, onboarding: OnboardingState?) {
        switch (state, onboarding) {
        case (.submitted, _): self = .submitted
        case (.rejected, _): self = .rejected
        case (.closed, _): self = .ended
        case (.approved, .running), (.approved, .waiting), (.approved, nil): self = .underWay
        case (.approved, .actionRequired): self = .actionRequired
        case (.approved, .live): self = .live
        case (.approved, .failed), (.approved, .cancelled), (.approved, .offboarded): self = .ended
        }
    }
}

/// `data[0]` of the answer to an activation request. Source: Kaleyra, "WhatsApp Registration", "Success Format".
struct ActivationAnswer: Encodable {
    struct BusinessDetails: Encodable {
        let id: Int64
        let companyID: String
        let businessID: String
        let businessName: String
        let certificateID: Int64
        let status: Int
        /// Not known here: Meta no longer needs it.
        let namespace = ""
        let createdAt: String
        let modifiedAt: String
        let createdBy: String
        let modifiedBy: String
        let wabaID: String

        enum CodingKeys: String, CodingKey {
            case id
            case companyID = "company_id"
            case businessID = "business_id"
            case businessName = "business_name"
            case certificateID = "certificate_id"
            case status
            case namespace
            case createdAt = "created_at"
            case modifiedAt = "modified_at"
            case createdBy = "created_by"
            case modifiedBy = "modified_by"
            case wabaID = "waba_id"
        }
    }

    struct Number: Encodable {
        let createdBy: String
        let createdAt: String
        let companyID: String
        let name: String
        let incomingURL: String
        let phoneNumber: String
        let country: String
        let status: Int
        let isoCode: String
        let id: Int64

        enum CodingKeys: String, CodingKey {
            case createdBy = "created_by"
            case createdAt = "created_at"
            case companyID = "company_id"
            case name
            case incomingURL = "incoming_url"
            case phoneNumber = "phone_number"
            case country
            case status
            case isoCode = "iso_code"
            case id
        }
    }

    let businessDetails: BusinessDetails
    let phoneNumber: Number
    let template = ""

    enum CodingKeys: String, CodingKey {
        case businessDetails = "business_details"
        case phoneNumber = "phone_number"
        case template
    }

    /// For our own reading of the state, where the documents have no sentence.
    let wording: String

    init(_ activation: Activation, onboarding: Onboarding?, of account: ActivationAccount) {
        let status = ActivationStatus(activation.state, onboarding: onboarding?.state)
        let asked = activation.request
        let owner = String(account.number)
        let createdAt = String(activation.createdAt.seconds)
        businessDetails = BusinessDetails(
            id: activation.number, companyID: account.sid.rawValue, businessID: asked.businessID.rawValue,
            businessName: asked.businessName, certificateID: activation.number, status: status.rawValue,
            createdAt: createdAt, modifiedAt: String((onboarding?.updatedAt ?? activation.updatedAt).seconds),
            createdBy: owner, modifiedBy: owner, wabaID: onboarding?.provenWABAID?.rawValue ?? "")
        let region = CallingCode(of: asked.phoneNumber)?.region ?? ""
        phoneNumber = Number(
            createdBy: owner, createdAt: createdAt, companyID: account.sid.rawValue, name: asked.displayName,
            incomingURL: asked.incomingURL ?? "", phoneNumber: asked.phoneNumber, country: region,
            status: status.rawValue, isoCode: region, id: activation.number)
        wording =
            switch status {
            case .live: "The WhatsApp account is active."
            case .submitted: "Activation request created successfully."
            case .underWay: "Activation request approved."
            case .rejected: "Activation request rejected: \(activation.reason ?? "")"
            case .actionRequired: onboarding?.remedy?.text ?? "Activation request approved; somebody must act."
            case .ended: "Activation request ended; another one may be submitted."
            }
    }
}
