// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Store

/// Tells runs that verify messaging of what came from and went to their testers. One look per transaction: usually nobody
/// waits, and messages are many.
final class TestMessageWatch {
    private var open: [TestMessage]?

    func note(
        _ message: ReceivedMessage, on number: PhoneNumberID?, at: Timestamp, in tx: StoreTransaction
    ) throws {
        let sender = message.from.map(TestMessage.digits(of:))
        for index in try watched(tx).indices {
            guard var test = open?[index], test.phoneNumberID == number, test.recipient == sender,
                test.inboundAt == nil
            else { continue }
            test.inboundAt = at
            open?[index] = test
            try tx.testMessages.setInbound(test.onboardingID, at: at)
            try tx.work.wake(kind: WorkKind.onboarding, key: test.onboardingID.rawValue)
        }
    }

    func note(_ status: MessageStatus, on number: PhoneNumberID?, in tx: StoreTransaction) throws {
        let recipient = status.recipient.map(TestMessage.digits(of:))
        let word = TestMessage.Status(
            status: status.status, errorCode: status.errorCode, errorTitle: status.errorTitle)
        for index in try watched(tx).indices {
            guard var test = open?[index], test.phoneNumberID == number, test.intendedAt != nil else { continue }
            guard test.messageID == status.id || (test.messageID == nil && test.recipient == recipient),
                test.note(word, of: status.id)
            else { continue }
            open?[index] = test
            try tx.testMessages.setStatuses(test)
            try tx.work.wake(kind: WorkKind.onboarding, key: test.onboardingID.rawValue)
        }
    }

    private func watched(_ tx: StoreTransaction) throws -> [TestMessage] {
        if let open { return open }
        let found = try tx.testMessages.allOpen()
        open = found
        return found
    }
}
