// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

/// What is missing and what has another type read alike: the documents know one text a field.
struct CreateCustomerRequest: Decodable {
    let fullName: String?
    let email: String?
    let phone: String?

    enum CodingKeys: String, CodingKey {
        case fullName = "full_name"
        case email
        case phone
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        fullName = try? container.decode(String.self, forKey: .fullName)
        email = try? container.decode(String.self, forKey: .email)
        phone = try? container.decode(String.self, forKey: .phone)
    }

    func draft() throws(SplashifyError) -> Customers.Draft {
        guard let name = fullName.map(Self.trimmed(_:)), (2...200).contains(name.count) else {
            throw SplashifyError(400, "valid full_name required")
        }
        guard let email = email.map({ Customer.emailKey($0) }), Self.isEmail(email) else {
            throw SplashifyError(400, "valid email required")
        }
        guard let phone = phone.map({ Customer.phoneKey(Self.trimmed($0)) }), Self.isPhone(phone) else {
            throw SplashifyError(400, "valid phone required")
        }
        return Customers.Draft(name: name, email: email, phone: phone)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else { return false }
        guard !text.unicodeScalars.contains(where: isForbidden(_:)) else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar.value == 0x7F || "<>()[],;:\\\"".unicodeScalars.contains(scalar)
    }

    private static func isPhone(_ text: String) -> Bool {
        let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
        return (7...15).contains(digits.utf8.count) && digits.utf8.allSatisfy { (48...57).contains($0) }
    }
}
