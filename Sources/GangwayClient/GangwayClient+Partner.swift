// SPDX-License-Identifier: Apache-2.0
import NIOHTTP1

/// What a partner's key may ask; an operator's key reads the same across all partners.
extension GangwayClient {
    // MARK: Customers

    package func createCustomer(
        _ customer: NewCustomer, idempotencyKey: String? = nil
    ) async throws(ClientError) -> CustomerView {
        try await send(.POST, "customers", customer, idempotencyKey: idempotencyKey)
    }

    package func customer(_ id: String) async throws(ClientError) -> CustomerView { try await get("customers/\(id)") }

    package func customers(
        externalID: String? = nil, limit: Int? = nil, cursor: String? = nil
    ) async throws(ClientError) -> ListOf<CustomerView> {
        try await get("customers", [("external_id", externalID)] + Self.page(limit, cursor))
    }

    // MARK: Onboardings

    package func begin(
        _ onboarding: NewOnboarding, idempotencyKey: String? = nil
    ) async throws(ClientError) -> OnboardingView {
        try await send(.POST, "onboardings", onboarding, idempotencyKey: idempotencyKey)
    }

    /// What it would do; nothing of it is done.
    package func preview(_ onboarding: NewOnboarding) async throws(ClientError) -> PreviewView {
        try await send(.POST, "onboardings?dry_run=true", onboarding)
    }

    /// With its timeline.
    package func onboarding(_ id: String) async throws(ClientError) -> OnboardingView {
        try await get("onboardings/\(id)")
    }

    package func onboardings(
        state: String? = nil, customerID: String? = nil, wabaID: String? = nil, parentID: String? = nil,
        limit: Int? = nil, cursor: String? = nil
    ) async throws(ClientError) -> ListOf<OnboardingView> {
        try await get(
            "onboardings",
            [("state", state), ("customer_id", customerID), ("waba_id", wabaID), ("parent_id", parentID)]
                + Self.page(limit, cursor))
    }

    package func resume(_ id: String, with given: ResumeWith = ResumeWith()) async throws(ClientError) -> OnboardingView
    {
        try await send(.POST, "onboardings/\(id)/resume", given)
    }

    package func cancel(_ id: String) async throws(ClientError) -> OnboardingView {
        try await send(.POST, "onboardings/\(id)/cancel", NoBody())
    }

    package func offboard(
        _ waba: String, deregister: Bool, keepCreditLine: Bool
    ) async throws(ClientError) -> OnboardingView {
        try await send(
            .POST, "wabas/\(waba)/offboard", Offboard(deregister: deregister, keepCreditLine: keepCreditLine))
    }

    /// What an offboarding would do: nothing of it is begun.
    package func previewOffboarding(
        _ waba: String, deregister: Bool, keepCreditLine: Bool
    ) async throws(ClientError) -> PreviewView {
        try await send(
            .POST, "wabas/\(waba)/offboard?dry_run=true",
            Offboard(deregister: deregister, keepCreditLine: keepCreditLine))
    }

    private struct Offboard: Encodable {
        let deregister: Bool
        let keepCreditLine: Bool

        enum CodingKeys: String, CodingKey {
            case deregister
            case keepCreditLine = "keep_credit_line"
        }
    }

    /// Asks every `interval` until the onboarding is at rest, telling `see` of each answer that differs from the last.
    /// Ends earlier, with the newest answer, when the task is cancelled or `deadline` has passed.
    package func follow(
        _ id: String, every interval: Duration = .milliseconds(250), until deadline: ContinuousClock.Instant? = nil,
        see: (OnboardingView) -> Void
    ) async throws(ClientError) -> OnboardingView {
        var last = try await onboarding(id)
        see(last)
        while !last.isAtRest, !Task.isCancelled, deadline.map({ ContinuousClock.now < $0 }) ?? true {
            try? await Task.sleep(for: interval)
            let current = try await onboarding(id)
            if current != last { see(current) }
            last = current
        }
        return last
    }

    // MARK: WABAs and numbers

    package func wabas(
        customerID: String? = nil, limit: Int? = nil, cursor: String? = nil
    ) async throws(ClientError) -> ListOf<WABAView> {
        try await get("wabas", [("customer_id", customerID)] + Self.page(limit, cursor))
    }

    package func waba(_ id: String) async throws(ClientError) -> WABAView { try await get("wabas/\(id)") }

    package func phoneNumbers(
        wabaID: String? = nil, limit: Int? = nil, cursor: String? = nil
    ) async throws(ClientError) -> ListOf<PhoneNumberView> {
        try await get("phone_numbers", [("waba_id", wabaID)] + Self.page(limit, cursor))
    }

    // MARK: Webhooks

    package func createEndpoint(
        _ endpoint: NewEndpoint, idempotencyKey: String? = nil
    ) async throws(ClientError) -> EndpointView {
        try await send(.POST, "endpoints", endpoint, idempotencyKey: idempotencyKey)
    }

    package func endpoints(limit: Int? = nil, cursor: String? = nil) async throws(ClientError) -> ListOf<EndpointView> {
        try await get("endpoints", Self.page(limit, cursor))
    }

    package func changeEndpoint(_ id: String, _ change: EndpointChange) async throws(ClientError) -> EndpointView {
        try await send(.PATCH, "endpoints/\(id)", change)
    }

    package func deleteEndpoint(_ id: String) async throws(ClientError) { try await delete("endpoints/\(id)") }

    package func events(
        type: String? = nil, onboardingID: String? = nil, limit: Int? = nil, cursor: String? = nil
    ) async throws(ClientError) -> ListOf<EventView> {
        try await get("events", [("type", type), ("onboarding_id", onboardingID)] + Self.page(limit, cursor))
    }

    package func deliveries(
        endpointID: String? = nil, eventID: String? = nil, state: String? = nil, limit: Int? = nil,
        cursor: String? = nil
    ) async throws(ClientError) -> ListOf<DeliveryView> {
        try await get(
            "deliveries",
            [("endpoint_id", endpointID), ("event_id", eventID), ("state", state)] + Self.page(limit, cursor))
    }

    /// With its attempts.
    package func delivery(_ id: String) async throws(ClientError) -> DeliveryView { try await get("deliveries/\(id)") }

    package func redeliver(_ id: String) async throws(ClientError) -> DeliveryView {
        try await send(.POST, "deliveries/\(id)/redeliver", NoBody())
    }

    package func activities(
        target: String? = nil, limit: Int? = nil, cursor: String? = nil
    ) async throws(ClientError) -> ListOf<ActivityView> {
        try await get("activities", [("target", target)] + Self.page(limit, cursor))
    }

    static func page(_ limit: Int?, _ cursor: String?) -> [(String, String?)] {
        [("limit", limit.map { String($0) }), ("cursor", cursor)]
    }
}
