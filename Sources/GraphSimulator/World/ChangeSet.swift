// SPDX-License-Identifier: Apache-2.0

/// Everything one call changed: one line of the journal, whole objects, applied all or not at all.
struct ChangeSet: Codable, Sendable {
    var businesses: [Business]?
    var wabas: [WABA]?
    var phoneNumbers: [PhoneNumber]?
    var codes: [SignupCode]?
    var tokens: [AccessToken]?
    var allocations: [CreditAllocation]?
    var subscriptions: [AppSubscription]?
    var endedSubscriptions: [String]?
    var events: [ScheduledEvent]?
    var doneEvents: [Int64]?
    var inbound: [InboundMessage]?
    var effects: [String: Int]?
    var clock: SandboxClock?
    var rehearsal: Rehearsal?
    var faults: [FaultRecord]?
    var endedFaults: [Int]?
    var pinKey: String?
    var solutions: [Solution]?
    var certifications: [Certification]?

    var isEmpty: Bool {
        businesses == nil && wabas == nil && phoneNumbers == nil && codes == nil && tokens == nil
            && allocations == nil && subscriptions == nil && endedSubscriptions == nil && events == nil
            && doneEvents == nil && inbound == nil && effects == nil && clock == nil && pinKey == nil
            && rehearsal == nil && faults == nil && endedFaults == nil && solutions == nil && certifications == nil
    }

    mutating func add<Value>(_ value: Value, to list: WritableKeyPath<ChangeSet, [Value]?>) {
        if self[keyPath: list] == nil {
            self[keyPath: list] = [value]
        } else {
            self[keyPath: list]?.append(value)
        }
    }
}
