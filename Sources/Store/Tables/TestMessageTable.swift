// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// Test messages of runs that verify messaging. The row is the intent: who finds it sends nothing again.
package struct TestMessageTable {
    let tx: StoreTransaction

    /// From now on what comes from and goes to the recipient is noted.
    package func open(_ onboarding: OnboardingID, number: PhoneNumberID, recipient: String) throws -> TestMessage {
        try tx.sql.execute(
            """
            INSERT INTO test_message (onboarding_id, phone_number_id, recipient, is_open, statuses)
            VALUES (?, ?, ?, 1, '{}')
            ON CONFLICT (onboarding_id) DO UPDATE SET is_open = 1
            """, [.id(onboarding), .id(number), .text(TestMessage.digits(of: recipient))])
        return try find(onboarding)
            ?? TestMessage(
                onboardingID: onboarding, phoneNumberID: number, recipient: TestMessage.digits(of: recipient))
    }

    package func find(_ onboarding: OnboardingID) throws -> TestMessage? {
        try tx.sql.first("SELECT * FROM test_message WHERE onboarding_id = ?", [.id(onboarding)]).map(Self.read(_:))
    }

    /// All that are under way: usually none.
    package func allOpen() throws -> [TestMessage] {
        try tx.sql.query("SELECT * FROM test_message WHERE is_open = 1 LIMIT 1000").map(Self.read(_:))
    }

    package func setIntended(_ onboarding: OnboardingID) throws {
        try tx.sql.execute(
            "UPDATE test_message SET intended_at = ?, message_id = NULL, statuses = '{}' WHERE onboarding_id = ?",
            [.time(tx.now), .id(onboarding)])
    }

    /// Nothing was sent, or a person decided to send another: what the tester wrote still counts.
    package func withdraw(_ onboarding: OnboardingID) throws {
        try tx.sql.execute(
            "UPDATE test_message SET intended_at = NULL, message_id = NULL, statuses = '{}' WHERE onboarding_id = ?",
            [.id(onboarding)])
    }

    package func setSent(_ onboarding: OnboardingID, message: String) throws {
        try tx.sql.execute(
            "UPDATE test_message SET message_id = ? WHERE onboarding_id = ?", [.text(message), .id(onboarding)])
    }

    package func setInbound(_ onboarding: OnboardingID, at: Timestamp) throws {
        try tx.sql.execute(
            "UPDATE test_message SET inbound_at = ? WHERE onboarding_id = ? AND inbound_at IS NULL",
            [.time(at), .id(onboarding)])
    }

    package func setStatuses(_ message: TestMessage) throws {
        try tx.sql.execute(
            "UPDATE test_message SET statuses = ? WHERE onboarding_id = ?",
            [.text(try StoredJSON.encode(message.statuses)), .id(message.onboardingID)])
    }

    package func close(_ onboarding: OnboardingID) throws {
        try tx.sql.execute("UPDATE test_message SET is_open = 0 WHERE onboarding_id = ?", [.id(onboarding)])
    }

    private static func read(_ row: SQLRow) throws -> TestMessage {
        TestMessage(
            onboardingID: try row.id("onboarding_id"), phoneNumberID: try row.id("phone_number_id"),
            recipient: try row.text("recipient"), inboundAt: try row.optionalTimestamp("inbound_at"),
            intendedAt: try row.optionalTimestamp("intended_at"), messageID: try row.optionalText("message_id"),
            statuses: try StoredJSON.decode(try row.text("statuses")))
    }
}

extension StoreTransaction {
    package var testMessages: TestMessageTable { TestMessageTable(tx: self) }
}
