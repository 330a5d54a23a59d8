// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct PhoneNumberTable {
    let tx: StoreTransaction

    /// Fields that Meta was not asked for keep their value. A number that moved to another WABA moves here too.
    package func upsert(_ facts: PhoneNumberFacts, waba: WABAID, partner: PartnerID) throws {
        try tx.sql.execute(
            """
            INSERT INTO phone_number (id, waba_id, partner_id, number, display_phone_number, verified_name, status,
                quality_rating, name_status, code_verification_status, platform_type, throughput_level, messaging_limit,
                registration_due_at, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET waba_id = excluded.waba_id, partner_id = excluded.partner_id,
                number = COALESCE(excluded.number, phone_number.number),
                display_phone_number = COALESCE(excluded.display_phone_number, phone_number.display_phone_number),
                verified_name = COALESCE(excluded.verified_name, phone_number.verified_name),
                status = COALESCE(excluded.status, phone_number.status),
                quality_rating = COALESCE(excluded.quality_rating, phone_number.quality_rating),
                name_status = COALESCE(excluded.name_status, phone_number.name_status),
                code_verification_status = COALESCE(excluded.code_verification_status, phone_number.code_verification_status),
                platform_type = COALESCE(excluded.platform_type, phone_number.platform_type),
                throughput_level = COALESCE(excluded.throughput_level, phone_number.throughput_level),
                messaging_limit = COALESCE(excluded.messaging_limit, phone_number.messaging_limit),
                registration_due_at = CASE WHEN excluded.registration_due_at IS NULL THEN NULL
                    ELSE phone_number.registration_due_at END,
                updated_at = excluded.updated_at
            """,
            [
                .id(facts.id), .id(waba), .id(partner), .text(facts.e164), .text(facts.displayPhoneNumber),
                .text(facts.verifiedName), .text(facts.status), .text(facts.qualityRating), .text(facts.nameStatus),
                .text(facts.codeVerificationStatus), .text(facts.platformType), .text(facts.throughputLevel),
                .text(facts.messagingLimit),
                .time(facts.isConnected ? nil : tx.now + PhoneNumber.registrationPeriod), .time(tx.now), .time(tx.now),
            ])
    }

    package func find(_ id: PhoneNumberID, of partner: PartnerID?) throws -> PhoneNumber? {
        guard let row = try tx.sql.first("SELECT * FROM phone_number WHERE id = ?", [.id(id)]) else { return nil }
        let number = try Self.read(row)
        return partner == nil || number.partnerID == partner ? number : nil
    }

    package func ofWABA(_ waba: WABAID) throws -> [PhoneNumber] {
        try tx.sql.query("SELECT * FROM phone_number WHERE waba_id = ? ORDER BY created_at, id LIMIT 100", [.id(waba)])
            .map(Self.read(_:))
    }

    /// By E.164, on one WABA: webhooks name numbers by their digits.
    package func find(number: String, waba: WABAID) throws -> PhoneNumber? {
        try tx.sql.first("SELECT * FROM phone_number WHERE number = ? AND waba_id = ?", [.text(number), .id(waba)])
            .map(Self.read(_:))
    }

    /// By E.164, on whichever of the partner's WABAs.
    package func find(number: String, of partner: PartnerID) throws -> [PhoneNumber] {
        try tx.sql.query(
            "SELECT * FROM phone_number WHERE number = ? AND partner_id || '' = ? ORDER BY created_at + 0, id LIMIT 10",
            [.text(number), .id(partner)]
        ).map(Self.read(_:))
    }

    // MARK: Profiles asked for too early

    package func wish(_ profile: NumberProfile, for id: PhoneNumberID) throws {
        try tx.sql.execute(
            """
            INSERT INTO profile_wish (phone_number_id, profile, created_at) VALUES (?, ?, ?)
            ON CONFLICT (phone_number_id) DO UPDATE SET profile = excluded.profile
            """, [.id(id), .text(try StoredJSON.encode(profile)), .time(tx.now)])
    }

    package func wish(for id: PhoneNumberID) throws -> NumberProfile? {
        let row = try tx.sql.first("SELECT profile FROM profile_wish WHERE phone_number_id = ?", [.id(id)])
        return try row.map { try StoredJSON.decode(try $0.text("profile")) }
    }

    package func forgetWish(for id: PhoneNumberID) throws {
        try tx.sql.execute("DELETE FROM profile_wish WHERE phone_number_id = ?", [.id(id)])
    }

    package func page(of partner: PartnerID?, waba: WABAID? = nil, _ request: PageRequest) throws -> Page<PhoneNumber> {
        var query = KeysetQuery("SELECT * FROM phone_number")
        if let partner { query.filter("partner_id = ?", .id(partner)) }
        if let waba { query.narrow("waba_id = ?", .id(waba)) }
        return try query.page(request, in: tx.sql, Self.read(_:))
    }

    package func setRegistered(_ id: PhoneNumberID) throws {
        try tx.sql.execute(
            """
            UPDATE phone_number SET status = 'CONNECTED', platform_type = 'CLOUD_API', last_onboarded_at = ?,
                registration_due_at = NULL, updated_at = ?
            WHERE id = ?
            """, [.time(tx.now), .time(tx.now), .id(id)])
    }

    package func setDeregistered(_ id: PhoneNumberID) throws {
        try tx.sql.execute(
            """
            UPDATE phone_number SET status = 'DISCONNECTED', platform_type = 'NOT_APPLICABLE', updated_at = ? WHERE id = ?
            """, [.time(tx.now), .id(id)])
    }

    /// From now on 14 days are left to register it.
    package func setVerified(_ id: PhoneNumberID) throws {
        try tx.sql.execute(
            """
            UPDATE phone_number SET code_verification_status = 'VERIFIED', verified_at = ?, registration_due_at = ?,
                registration_warned = NULL, updated_at = ?
            WHERE id = ?
            """,
            [.time(tx.now), .time(tx.now + PhoneNumber.registrationPeriod), .time(tx.now), .id(id)])
    }

    /// Guarded by time: an older word never overwrites a newer one. Returns whether this one is news. While a change of
    /// name is asked for, the decision is about that one: a refusal leaves the name in use as it is.
    package func setName(_ decision: String, verifiedName: String?, at: Timestamp, of id: PhoneNumberID) throws -> Bool
    {
        try tx.sql.execute(
            """
            UPDATE phone_number SET
                name_status = CASE WHEN requested_name IS NULL OR verified_name IS NULL OR \(Self.isTaken) THEN ? ELSE name_status END,
                requested_name_status = CASE WHEN requested_name IS NULL OR \(Self.isTaken) THEN NULL ELSE ? END,
                requested_name = CASE WHEN \(Self.isTaken) THEN NULL ELSE requested_name END,
                verified_name = COALESCE(?, verified_name), name_at = ?, updated_at = ?
            WHERE id = ? AND (name_at IS NULL OR name_at <= ?)
            """,
            [
                .text(verifiedName), .text(decision), .text(verifiedName), .text(decision), .text(verifiedName),
                .text(verifiedName), .time(at), .time(tx.now), .id(id), .time(at),
            ]) == 1
    }

    private static let isTaken = "CAST(? AS TEXT) IS NOT NULL"

    /// Meta took the request; its review decides.
    package func setRequestedName(_ name: String, status: String, of id: PhoneNumberID) throws {
        try tx.sql.execute(
            "UPDATE phone_number SET requested_name = ?, requested_name_status = ?, updated_at = ? WHERE id = ?",
            [.text(name), .text(status), .time(tx.now), .id(id)])
    }

    /// Returns false when the PIN was looked at before.
    package func takePINReveal(of id: PhoneNumberID) throws -> Bool {
        try tx.sql.execute(
            "UPDATE phone_number SET pin_revealed_at = ? WHERE id = ? AND pin_revealed_at IS NULL",
            [.time(tx.now), .id(id)]) == 1
    }

    package func allowPINReveal(of id: PhoneNumberID) throws {
        try tx.sql.execute("UPDATE phone_number SET pin_revealed_at = NULL WHERE id = ?", [.id(id)])
    }

    /// Guarded by time as ``setName(_:verifiedName:at:of:)``; nil keeps the rating.
    package func setQuality(_ rating: String?, at: Timestamp, of id: PhoneNumberID) throws -> Bool {
        try tx.sql.execute(
            """
            UPDATE phone_number SET quality_rating = COALESCE(?, quality_rating), quality_at = ?, updated_at = ?
            WHERE id = ? AND (quality_at IS NULL OR quality_at <= ?)
            """, [.text(rating), .time(at), .time(tx.now), .id(id), .time(at)]) == 1
    }

    /// Counted in the intent: a try whose answer was lost counts at Meta too. Source: Meta, 10 requests in 72 h.
    package func recordRegistration(of id: PhoneNumberID, onboarding: OnboardingID) throws {
        try tx.sql.execute(
            """
            INSERT INTO registration_attempt (phone_number_id, at, onboarding_id, attempt)
            SELECT ?, ?, ?, COALESCE(MAX(attempt), 0) + 1 FROM registration_attempt
            WHERE phone_number_id = ? AND onboarding_id = ?
            """, [.id(id), .time(tx.now), .id(onboarding), .id(id), .id(onboarding)])
    }

    /// The newest try of an onboarding never reached Meta, or met a limit before it was looked at: it does not count.
    package func withdrawRegistration(of id: PhoneNumberID, onboarding: OnboardingID) throws {
        try tx.sql.execute(
            """
            DELETE FROM registration_attempt WHERE phone_number_id = ? AND onboarding_id = ? AND attempt = (
                SELECT MAX(attempt) FROM registration_attempt WHERE phone_number_id = ? AND onboarding_id = ?)
            """, [.id(id), .id(onboarding), .id(id), .id(onboarding)])
    }

    /// Tries since `since`, oldest first.
    package func registrations(of id: PhoneNumberID, since: Timestamp) throws -> [Timestamp] {
        try tx.sql.query(
            "SELECT at FROM registration_attempt WHERE phone_number_id = ? AND at > ? ORDER BY at",
            [.id(id), .time(since)]
        ).map { try $0.timestamp("at") }
    }

    private static func read(_ row: SQLRow) throws -> PhoneNumber {
        let facts = PhoneNumberFacts(
            id: try row.id("id"), displayPhoneNumber: try row.optionalText("display_phone_number"),
            verifiedName: try row.optionalText("verified_name"), status: try row.optionalText("status"),
            qualityRating: try row.optionalText("quality_rating"), nameStatus: try row.optionalText("name_status"),
            codeVerificationStatus: try row.optionalText("code_verification_status"),
            platformType: try row.optionalText("platform_type"),
            throughputLevel: try row.optionalText("throughput_level"),
            messagingLimit: try row.optionalText("messaging_limit"))
        return PhoneNumber(
            facts: facts, wabaID: try row.id("waba_id"), partnerID: try row.id("partner_id"),
            lastOnboardedAt: try row.optionalTimestamp("last_onboarded_at"),
            registrationDueAt: try row.optionalTimestamp("registration_due_at"),
            requestedName: try row.optionalText("requested_name"),
            requestedNameStatus: try row.optionalText("requested_name_status"),
            createdAt: try row.timestamp("created_at"), updatedAt: try row.timestamp("updated_at"))
    }
}

extension StoreTransaction {
    package var phoneNumbers: PhoneNumberTable { PhoneNumberTable(tx: self) }
}
