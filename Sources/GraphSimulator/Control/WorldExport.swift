// SPDX-License-Identifier: Apache-2.0

extension WorldState {
    /// What tests look at: money, subscriptions and registrations, without tokens, codes or PINs.
    func export() -> JSON {
        [
            "now_ms": .int(now), "businesses": .int(Int64(businesses.count)),
            "pending_webhooks": .int(Int64(events.values.count { $0.webhook != nil })),
            "webhook_failures": .int(Int64(events.values.reduce(0) { $0 + $1.failures })),
            "pending_changes": .int(Int64(events.values.count { $0.change != nil })),
            "effects": .object(effects.sorted { $0.key < $1.key }.map { .init($0.key, .int(Int64($0.value))) }),
            "wabas": .array(wabas.values.sorted { $0.id < $1.id }.map(export)),
            "phone_numbers": .array(phoneNumbers.values.sorted { $0.id < $1.id }.map(export)),
            "allocations": .array(
                allocations.values.sorted { $0.id < $1.id }.map {
                    [
                        "id": .string($0.id), "receiving_business_id": .string($0.receivingBusinessID),
                        "is_deleted": .bool($0.isDeleted),
                    ]
                }),
        ]
    }

    private func export(_ waba: WABA) -> JSON {
        [
            "id": .string(waba.id), "owner_business_id": .string(waba.ownerBusinessID),
            "account_review_status": .string(waba.reviewStatus), "currency": .string(waba.currency),
            "allocation_config_id": waba.allocationID.map { .string($0) } ?? .null,
            "shared_with": .strings(waba.sharedWith.keys.sorted()),
            "subscribed_apps": .strings(waba.subscriptions.keys.sorted()),
            "assigned_users": .strings(waba.assignedUsers.keys.sorted()),
            "phone_number_ids": .strings(waba.phoneNumberIDs),
        ]
    }

    private func export(_ phone: PhoneNumber) -> JSON {
        [
            "id": .string(phone.id), "waba_id": .string(phone.wabaID), "status": .string(status(of: phone)),
            "pin_digest": phone.pinDigest.map { .string($0) } ?? .null,
            "registration_calls": .int(Int64(phone.registrationCalls.count)),
        ]
    }
}
