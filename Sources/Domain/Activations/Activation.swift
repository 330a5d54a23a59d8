// SPDX-License-Identifier: Apache-2.0

/// A request to bring a business aboard, as an account sent it in: the operator looks at its certificate and decides.
package struct Activation: Sendable, Hashable {
    package let id: ActivationID
    /// Counted from 1: what clients that know only whole numbers are shown.
    package var number: Int64
    package let sid: AccountSID
    package let partnerID: PartnerID
    package let request: ActivationRequest
    package let certificate: Certificate
    package var state: ActivationState
    /// Why it was rejected, in the operator's words.
    package var reason: String?
    package var decidedBy: String?
    package var decidedAt: Timestamp?
    /// Once approved.
    package var onboardingID: OnboardingID?
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package init(
        id: ActivationID, number: Int64 = 0, sid: AccountSID, partnerID: PartnerID, request: ActivationRequest,
        certificate: Certificate, state: ActivationState = .submitted, createdAt: Timestamp
    ) {
        self.id = id
        self.number = number
        self.sid = sid
        self.partnerID = partnerID
        self.request = request
        self.certificate = certificate
        self.state = state
        self.createdAt = createdAt
        self.updatedAt = createdAt
    }
}

/// What the account asked for.
package struct ActivationRequest: Sendable, Hashable {
    package let displayName: String
    /// E.164 with `+`.
    package let phoneNumber: String
    /// The customer's business portfolio.
    package let businessID: BusinessID
    package let businessName: String
    /// Where the number's messages are to be told.
    package let incomingURL: String?

    package init(
        displayName: String, phoneNumber: String, businessID: BusinessID, businessName: String, incomingURL: String?
    ) {
        self.displayName = displayName
        self.phoneNumber = phoneNumber
        self.businessID = businessID
        self.businessName = businessName
        self.incomingURL = incomingURL
    }
}

/// Stored and shown: never rename.
package enum ActivationState: String, Sendable, Codable, CaseIterable {
    case submitted
    /// An onboarding runs, or ran, for it.
    case approved
    case rejected
    /// Its onboarding came to nothing, and another request took its place.
    case closed

    /// An account has at most one open request.
    package var isOpen: Bool {
        switch self {
        case .submitted, .approved: true
        case .rejected, .closed: false
        }
    }
}

/// A stored certificate file.
package struct Certificate: Sendable, Hashable {
    /// The file's name in the certificate directory; ours, never the client's.
    package let name: String
    package let type: CertificateType
    /// In bytes.
    package let size: Int
    /// Of the file, 64 hexadecimal digits.
    package let sha256: String

    package init(name: String, type: CertificateType, size: Int, sha256: String) {
        self.name = name
        self.type = type
        self.size = size
        self.sha256 = sha256
    }
}

/// What a certificate may be, judged by its content, never by its name. Source: Kaleyra, "WhatsApp Registration":
/// jpeg, jpg, pdf, png.
package enum CertificateType: String, Sendable, Codable, CaseIterable {
    case jpeg
    case png
    case pdf

    /// How many leading bytes the judgement needs.
    package static let signatureSize = 8

    /// Nil for anything else. Source: ISO 10918-1, RFC 2083 section 3.1, ISO 32000-1 section 7.5.2.
    package init?(leadingBytes: some Collection<UInt8>) {
        let signatures: [(CertificateType, [UInt8])] = [
            (.jpeg, [0xFF, 0xD8, 0xFF]), (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            (.pdf, Array("%PDF-".utf8)),
        ]
        guard let match = signatures.first(where: { leadingBytes.starts(with: $0.1) }) else { return nil }
        self = match.0
    }

    package var mediaType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .pdf: "application/pdf"
        }
    }
}
