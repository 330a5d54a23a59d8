// SPDX-License-Identifier: Apache-2.0

/// One change as Meta sends it, with gaps for the ids of the world: `$waba_id`, `$now` and so on.
struct WebhookSample: Sendable {
    /// What `entry.id` names. Source: reference sections 10 and 11.1.
    enum Entry: String, Sendable { case waba, business, partner }

    var field: String
    /// `value.event`, the decision, the status or the kind; nil where a field has only one form.
    var event: String?
    /// A second form of the same event.
    var variant: String?
    var entry: Entry
    /// False where Meta's documents name the field and our reference has no payload.
    var isDocumented: Bool
    var template: String

    init(
        _ field: String, _ event: String?, _ template: String, variant: String? = nil, entry: Entry = .waba,
        isDocumented: Bool = true
    ) {
        self.field = field
        self.event = event
        self.variant = variant
        self.entry = entry
        self.isDocumented = isDocumented
        self.template = template
    }

    /// Fields about messages and people: their entries carry no `time`. Source: Meta's samples of `messages` and coexistence.
    static func carriesTime(_ field: String) -> Bool { !untimed.contains(field) }

    private static let untimed: Set<String> = [
        "messages", "history", "smb_app_state_sync", "smb_message_echoes", "user_preferences", "automatic_events",
        "calls",
        "messaging_handovers", "standby", "group_lifecycle_update", "message_echoes",
    ]

    /// What fills the gaps.
    struct Facts: Sendable {
        var wabaID: String
        var ownerBusinessID: String
        var partnerBusinessID: String
        var otherPartnerBusinessID: String
        var appID: String
        var solutionID: String
        var systemUserID: String
        var phoneNumberID: String
        var phoneDigits: String
        var displayName: String
        var person: String
        var personName: String
        var nowSeconds: Int64
    }

    func value(_ facts: Facts) -> JSON {
        // The templates are ours; the table test renders every one of them.
        guard let parsed = try? JSONParser.parse(template) else { return .null }
        return parsed.filled { Self.gap($0, facts) }
    }

    private static func gap(_ name: String, _ facts: Facts) -> JSON? {
        switch name {
        case "$waba_id": .string(facts.wabaID)
        case "$owner_id": .string(facts.ownerBusinessID)
        case "$partner_id": .string(facts.partnerBusinessID)
        case "$other_partner_id": .string(facts.otherPartnerBusinessID)
        case "$app_id": .string(facts.appID)
        case "$solution_id": .string(facts.solutionID)
        case "$system_user_id": .string(facts.systemUserID)
        case "$phone_number_id": .string(facts.phoneNumberID)
        case "$digits": .string(facts.phoneDigits)
        case "$display_name": .string(facts.displayName)
        case "$person": .string(facts.person)
        case "$person_name": .string(facts.personName)
        case "$now": .int(facts.nowSeconds)
        case "$now_text": .string(String(facts.nowSeconds))
        case "$tomorrow": .int(facts.nowSeconds + 86_400)
        case "$month": .string(String(SandboxClock.text(facts.nowSeconds * 1000).prefix(7)))
        case "$date": .string(Self.americanDate(facts.nowSeconds))
        case "$message_id": .string(Identifiers.message(to: facts.person))
        case "$template_id": .int(Int64(Identifiers.object()) ?? 0)
        default: nil
        }
    }

    /// `April 17, 2026`, as `ban_info` prints dates.
    private static func americanDate(_ seconds: Int64) -> String {
        let parts = SandboxClock.text(seconds * 1000).prefix(10).split(separator: "-").compactMap { Int($0) }
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November",
            "December",
        ]
        guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return "" }
        return "\(months[parts[1] - 1]) \(parts[2]), \(parts[0])"
    }
}

extension JSON {
    /// The same with every string that is a gap replaced.
    func filled(_ gap: (String) -> JSON?) -> JSON {
        switch self {
        case .string(let text): text.hasPrefix("$") ? gap(text) ?? self : self
        case .array(let values): .array(values.map { $0.filled(gap) })
        case .object(let members): .object(members.map { Member($0.name, $0.value.filled(gap)) })
        case .null, .bool, .int, .decimal: self
        }
    }

    /// The same with the members of `other` laid over it; objects are merged, all else is replaced.
    func merged(with other: JSON) -> JSON {
        guard case .object(var members) = self, case .object(let news) = other else { return other }
        for member in news {
            if let index = members.firstIndex(where: { $0.name == member.name }) {
                members[index].value = members[index].value.merged(with: member.value)
            } else {
                members.append(member)
            }
        }
        return .object(members)
    }
}
