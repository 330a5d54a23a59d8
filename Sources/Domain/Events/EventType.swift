// SPDX-License-Identifier: Apache-2.0

/// What partners are told. Stored and on the wire: never rename.
package enum EventType: String, Sendable, Codable, CaseIterable {
    case wabaOnboarded = "whatsapp.waba_onboarded"
    case onboardingStepCompleted = "whatsapp.onboarding.step_completed"
    case onboardingActionRequired = "whatsapp.onboarding.action_required"
    case onboardingFailed = "whatsapp.onboarding.failed"
    case onboardingCancelled = "whatsapp.onboarding.cancelled"
    case signupAbandoned = "whatsapp.signup.abandoned"
    case wabaReviewUpdated = "whatsapp.waba.review_updated"
    case wabaDisconnected = "whatsapp.waba.disconnected"
    case wabaReconnected = "whatsapp.waba.reconnected"
    case wabaRestricted = "whatsapp.waba.restricted"
    case wabaDeleted = "whatsapp.waba.deleted"
    case wabaOffboarded = "whatsapp.waba.offboarded"
    case wabaTokenExpiring = "whatsapp.waba.token_expiring"
    case phoneNumberAdded = "whatsapp.phone_number.added"
    case phoneNumberVerified = "whatsapp.phone_number.verified"
    case phoneNumberRegistered = "whatsapp.phone_number.registered"
    case phoneNumberDeregistered = "whatsapp.phone_number.deregistered"
    case phoneNumberPINChanged = "whatsapp.phone_number.pin_changed"
    case phoneNumberRegistrationDue = "whatsapp.phone_number.registration_due"
    case phoneNumberNameUpdated = "whatsapp.phone_number.name_updated"
    case phoneNumberQualityUpdated = "whatsapp.phone_number.quality_updated"
    case businessAppSyncUpdated = "whatsapp.business_app.sync_updated"
    case templateStatusUpdated = "whatsapp.template.status_updated"
    case messageReceived = "whatsapp.message.received"
    case messageStatus = "whatsapp.message.status"
    case accountUpdated = "whatsapp.account.updated"
    case senderUpdated = "whatsapp.sender.updated"
}

extension EventType {
    /// A change of an object that no person asked for at this moment: a run or Meta brought it.
    package var isOfNobody: Bool {
        switch self {
        case .wabaOnboarded, .onboardingActionRequired, .onboardingFailed, .signupAbandoned, .wabaReviewUpdated,
            .wabaDisconnected, .wabaRestricted, .wabaDeleted, .wabaOffboarded, .phoneNumberNameUpdated,
            .phoneNumberQualityUpdated, .templateStatusUpdated, .wabaReconnected, .businessAppSyncUpdated:
            true
        case .onboardingStepCompleted, .onboardingCancelled, .wabaTokenExpiring, .phoneNumberAdded,
            .phoneNumberVerified, .phoneNumberRegistered, .phoneNumberDeregistered, .phoneNumberPINChanged,
            .phoneNumberRegistrationDue, .messageReceived, .messageStatus, .accountUpdated, .senderUpdated:
            false
        }
    }
}

/// Which event types an endpoint wants: `*`, a type, or `prefix.*`.
package struct EventFilter: Sendable, Hashable, Codable {
    package let patterns: [String]

    /// Nil when a pattern can never match any event.
    package init?(validating patterns: [String]) {
        guard !patterns.isEmpty, patterns.allSatisfy(Self.canMatch(_:)) else { return nil }
        self.patterns = patterns
    }

    package init(stored patterns: [String]) { self.patterns = patterns }

    /// Whether the type stands there by its own name, and not only by a pattern.
    package func names(_ type: EventType) -> Bool { patterns.contains(type.rawValue) }

    package func matches(_ type: String) -> Bool {
        patterns.contains { Self.matches(pattern: $0, type: type) }
    }

    private static func canMatch(_ pattern: String) -> Bool {
        pattern == RawChange.eventType
            || EventType.allCases.contains { matches(pattern: pattern, type: $0.rawValue) }
    }

    private static func matches(pattern: String, type: String) -> Bool {
        if pattern == "*" || pattern == type { return true }
        return pattern.hasSuffix(".*") && type.hasPrefix(pattern.dropLast(1))
    }
}
