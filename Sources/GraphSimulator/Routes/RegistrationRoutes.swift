// SPDX-License-Identifier: Apache-2.0
import Crypto

// Source: Meta, registration; reference section 8.3.
extension WorldState {
    static let registrationWindow: Milliseconds = 72 * 3_600_000
    static let registrationBudget = 10
    static let wrongPINLimit = 5
    static let wrongPINLockout: Milliseconds = 12 * 3_600_000
    private static let regions: Set<String> = [
        "AE", "AU", "BH", "BR", "CA", "CH", "DE", "GB", "ID", "IN", "JP", "KR", "SG", "ZA",
    ]

    mutating func register(_ call: GraphCall, _ phone: PhoneNumber) throws(GraphError) -> GraphReply {
        guard try call.required("messaging_product") == "whatsapp" else {
            throw .parameter("Param messaging_product must be one of {whatsapp}")
        }
        let pin = try call.required("pin")
        guard Self.isPIN(pin) else { throw .parameter("Param pin must be 6 digits") }
        let region = call.parameters.text("data_localization_region")
        if let region, !Self.regions.contains(region) {
            throw .parameter(
                "Param data_localization_region must be one of {\(Self.regions.sorted().joined(separator: ", "))}")
        }
        var phone = try spendingRegistration(phone)
        guard !phone.isOnBusinessApp else {
            throw businessAppRefusal("Register endpoint is not available for API solution for SMB businesses.")
        }
        guard !needsVerification(phone) else { throw ErrorCatalog.error(133006) }
        try checkPIN(pin, &phone)
        phone.pinDigest = pinDigest(pin, phone.id)
        phone.wrongPINs = []
        phone.isRegistered = true
        phone.wasRegistered = true
        phone.dataRegion = region ?? phone.dataRegion
        phone.lastOnboardedAt = now
        put(phone)
        finishMigration(to: phone)
        emit(
            field: "phone_number_quality_update", ofPhone: phone,
            value: [
                "display_phone_number": .string(phone.digits), "event": "ONBOARDING", "current_limit": "TIER_250",
                "max_daily_conversations_per_business": "TIER_250",
            ])
        return .success(.registered)
    }

    /// A verification that lapsed before the first registration counts for nothing; later it does not matter.
    func needsVerification(_ phone: PhoneNumber) -> Bool {
        switch codeVerificationStatus(of: phone) {
        case "VERIFIED": false
        case "EXPIRED": !phone.isRegistered && !phone.wasRegistered && !phone.isOnBusinessApp
        default: true
        }
    }

    mutating func deregister(_ phone: PhoneNumber) throws(GraphError) -> GraphReply {
        guard !phone.isOnBusinessApp else {
            throw businessAppRefusal("Deregister endpoint is not available for API solution for SMB businesses.")
        }
        var phone = try spendingRegistration(phone)
        guard phone.isRegistered else { throw ErrorCatalog.error(133010) }
        phone.isRegistered = false
        put(phone)
        return .success(.deregistered)
    }

    /// Ten calls in 72 hours; the eleventh locks the number for 72 more.
    private mutating func spendingRegistration(_ phone: PhoneNumber) throws(GraphError) -> PhoneNumber {
        var phone = phone
        if let until = phone.lockedUntil, until > now { throw ErrorCatalog.error(133016) }
        phone.lockedUntil = nil
        phone.registrationCalls.removeAll { now - $0 >= Self.registrationWindow }
        if phone.registrationCalls.count >= Self.registrationBudget {
            phone.lockedUntil = now + Self.registrationWindow
            put(phone)
            throw ErrorCatalog.error(133016)
        }
        phone.registrationCalls.append(now)
        put(phone)
        return phone
    }

    private mutating func checkPIN(_ pin: String, _ phone: inout PhoneNumber) throws(GraphError) {
        guard let digest = phone.pinDigest else { return }
        phone.wrongPINs.removeAll { now - $0 >= Self.wrongPINLockout }
        if phone.wrongPINs.count >= Self.wrongPINLimit { throw ErrorCatalog.error(133008) }
        if phone.wrongPINs.count >= 3, let last = phone.wrongPINs.last, now - last < 1000 {
            throw ErrorCatalog.error(133009)
        }
        guard digest != pinDigest(pin, phone.id) else { return }
        phone.wrongPINs.append(now)
        put(phone)
        throw ErrorCatalog.error(133005)
    }

    private func businessAppRefusal(_ text: String) -> GraphError {
        GraphError(status: 400, code: 100, subcode: 2_207_051, message: "Invalid parameter", userMessage: text)
    }

    /// What the call log may say of a PIN: whether it is the one set before, and a keyed digest to compare calls by.
    func pinNote(_ call: GraphCall) -> [JSON.Member] {
        guard call.operation == .register, let pin = call.parameters.text("pin") else { return [] }
        let digest = pinDigest(pin, call.nodeID)
        let known = phoneNumbers[call.nodeID]?.pinDigest
        return [.init("pin_matches", known.map { .bool($0 == digest) } ?? .null), .init("pin_digest", .string(digest))]
    }

    func pinDigest(_ pin: String, _ phoneNumberID: String) -> String {
        let key = SymmetricKey(data: Array(pinKey.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(phoneNumberID):\(pin)".utf8), using: key)
        return String(hex(code).prefix(16))
    }

    static func isPIN(_ text: String) -> Bool {
        text.utf8.count == 6 && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
