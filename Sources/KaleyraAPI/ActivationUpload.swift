// SPDX-License-Identifier: Apache-2.0
import Domain
import FoundationEssentials
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

/// An activation request as it comes in: `multipart/form-data` with a file, or JSON with the file as base64 or data URI.
/// Source: Kaleyra, "WhatsApp Registration"; the printed sample writes a file into JSON, which cannot be sent (quirk).
struct ActivationUpload: Sendable {
    private enum Name {
        static let displayName = "display_name"
        static let number = "wa_number"
        static let businessID = "business_id"
        static let businessName = "business_name"
        static let certificate = "business_certificate"
        static let incomingURL = "incoming_url"
    }

    /// In bytes, beside the certificate.
    private static let otherFieldsMax = 64 << 10
    private static let deadline = Duration.seconds(120)

    let fields: KaleyraFields

    /// Reads the whole body; the certificate goes to `draft`.
    static func read(_ request: Request, into draft: CertificateDraft, _ gate: UploadGate) async throws
        -> ActivationUpload
    {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.hasPrefix("multipart/") else {
            return try await gate.pass { try await readJSON(request, into: draft) }
        }
        let texts = try await request.readForm(
            file: Name.certificate, upTo: CertificateVault.sizeLimit + otherFieldsMax, within: deadline
        ) { bytes in
            try await draft.append(bytes)
        }
        return ActivationUpload(fields: KaleyraFields(texts: texts))
    }

    private static func readJSON(_ request: Request, into draft: CertificateDraft) async throws -> ActivationUpload {
        let encodedMax = (CertificateVault.sizeLimit + 2) / 3 * 4
        let body = try await request.readBody(upTo: encodedMax + otherFieldsMax, within: deadline)
        let fields = try KaleyraFields(json: body)
        if let certificate = fields.values[Name.certificate] {
            guard case .text(let text) = certificate, let bytes = decoded(text) else {
                throw KaleyraError.certificateType
            }
            try await draft.append(bytes)
        }
        return ActivationUpload(fields: fields)
    }

    /// Base64 with or without line breaks, bare or behind `data:image/png;base64,`. The type that a URI claims is not believed.
    private static func decoded(_ text: String) -> Data? {
        var base64 = text[...]
        if text.utf8.starts(with: "data:".utf8) {
            guard let comma = text.firstIndex(of: ","), text[..<comma].hasSuffix(";base64") else { return nil }
            base64 = text[text.index(after: comma)...]
        }
        let plain = base64.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
        return Data(base64Encoded: Data(plain))
    }

    /// The fields in the order of the documents: of several that are wrong the first is named.
    func request() throws(KaleyraError) -> ActivationRequest {
        let displayName = try text(Name.displayName, max: 128)
        let number = try fields.required(Name.number)
        guard E164.isNumber(number) else { throw .field(Name.number, "The wa_number format is invalid.") }
        let business = try fields.required(Name.businessID)
        guard let businessID = BusinessID(validating: business) else {
            throw .field(Name.businessID, "The business_id must be an integer.")
        }
        return ActivationRequest(
            displayName: displayName, phoneNumber: number, businessID: businessID,
            businessName: try text(Name.businessName, max: 200), incomingURL: try fields.optional(Name.incomingURL))
    }

    private func text(_ name: String, max: Int) throws(KaleyraError) -> String {
        let text = try fields.required(name)
        guard text.count <= max else { throw .field(name, "The \(name) may not be greater than \(max) characters.") }
        return text
    }
}
