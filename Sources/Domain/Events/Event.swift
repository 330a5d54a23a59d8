// SPDX-License-Identifier: Apache-2.0

/// Something that happened, told to the partner. Its id is the `webhook-id` of every delivery and replay.
package struct Event: Sendable {
    package let id: EventID
    package let partnerID: PartnerID
    package let type: String
    package let occurredAt: Timestamp
    package let customerID: CustomerID?
    package let wabaID: WABAID?
    package let phoneNumberID: PhoneNumberID?
    package let onboardingID: OnboardingID?
    /// The `data` object as JSON text, complete.
    package let dataJSON: String

    package init(
        id: EventID, partnerID: PartnerID, type: String, occurredAt: Timestamp, customerID: CustomerID?,
        wabaID: WABAID?, phoneNumberID: PhoneNumberID?, onboardingID: OnboardingID?, dataJSON: String
    ) {
        self.id = id
        self.partnerID = partnerID
        self.type = type
        self.occurredAt = occurredAt
        self.customerID = customerID
        self.wabaID = wabaID
        self.phoneNumberID = phoneNumberID
        self.onboardingID = onboardingID
        self.dataJSON = dataJSON
    }
}

/// An event about to be published; the store gives it its id.
package struct EventDraft: Sendable {
    package let type: EventType
    package let partnerID: PartnerID
    package var customerID: CustomerID?
    package var wabaID: WABAID?
    package var phoneNumberID: PhoneNumberID?
    package var onboardingID: OnboardingID?
    /// Members of `data` besides the four ids. Values may be nested.
    package var data: [String: JSONValue]
    /// Publishing the same key again for the same partner changes nothing.
    package let dedupeKey: String

    package init(
        type: EventType, partnerID: PartnerID, customerID: CustomerID? = nil, wabaID: WABAID? = nil,
        phoneNumberID: PhoneNumberID? = nil, onboardingID: OnboardingID? = nil, data: [String: JSONValue] = [:],
        dedupeKey: String
    ) {
        self.type = type
        self.partnerID = partnerID
        self.customerID = customerID
        self.wabaID = wabaID
        self.phoneNumberID = phoneNumberID
        self.onboardingID = onboardingID
        self.data = data
        self.dedupeKey = dedupeKey
    }

    /// The `data` object: the four ids (null where unknown) and the members, keys sorted.
    package var dataJSON: String {
        var members = data
        members["customer_id"] = customerID.map { .string($0.rawValue) } ?? .null
        members["waba_id"] = wabaID.map { .string($0.rawValue) } ?? .null
        members["phone_number_id"] = phoneNumberID.map { .string($0.rawValue) } ?? .null
        members["onboarding_id"] = onboardingID.map { .string($0.rawValue) } ?? .null
        return JSONValue.object(members).text
    }
}
