// SPDX-License-Identifier: Apache-2.0

/// All that exists in the sandbox. Changes go through `put`, which keeps the indexes and notes them for the journal.
struct WorldState: Sendable {
    let configuration: SimulatorConfiguration
    private(set) var clock = SandboxClock()
    private(set) var rehearsal = Rehearsal()
    var dice: Dice

    private(set) var businesses: [String: Business] = [:]
    private(set) var wabas: [String: WABA] = [:]
    private(set) var phoneNumbers: [String: PhoneNumber] = [:]
    private(set) var phoneNumberIDsByDigits: [String: String] = [:]
    private(set) var codes: [String: SignupCode] = [:]
    private(set) var tokens: [String: AccessToken] = [:]
    /// The newest business token by `app/customer`.
    private(set) var businessTokens: [String: String] = [:]
    private(set) var allocations: [String: CreditAllocation] = [:]
    private(set) var allocationIDsByBusiness: [String: String] = [:]
    private(set) var appSubscriptions: [String: AppSubscription] = [:]
    private(set) var events: [Int64: ScheduledEvent] = [:]
    private(set) var inbound: [String: Milliseconds] = [:]
    private(set) var effects: [String: Int] = [:]
    private(set) var owned: [String: CreationIndex] = [:]
    private(set) var shared: [String: CreationIndex] = [:]
    private(set) var solutions: [String: Solution] = [:]
    private(set) var templateOwners: [String: String] = [:]
    private(set) var certifications: [String: Certification] = [:]
    private(set) var pinKey: String
    private(set) var changes = ChangeSet()
    /// Events noted since the pump last looked.
    private(set) var newEventIDs: [Int64] = []
    /// Survives a reset, so that an event of the old world never names one of the new.
    var lastEventID: Int64 = 0
    var usage: UsageCounters
    var messageRates = MessageRates()

    init(configuration: SimulatorConfiguration) {
        self.configuration = configuration
        pinKey = configuration.seed.map { "sandbox-\($0)" } ?? Identifiers.text(32)
        dice = configuration.seed.map { .seeded(SeededGenerator(seed: $0)) } ?? .machine
        usage = UsageCounters(limits: configuration.callsPerHour)
    }

    var app: SandboxApp { configuration.app }
    var now: Milliseconds { clock.now }
    var nowSeconds: Int64 { clock.now / 1000 }

    mutating func put(_ value: Business) {
        businesses[value.id] = value
        changes.add(value, to: \.businesses)
    }

    mutating func put(_ value: WABA) {
        reindex(from: wabas[value.id], to: value)
        if value.templates != nil || wabas[value.id]?.templates != nil { reindexTemplates(of: value) }
        wabas[value.id] = value
        changes.add(value, to: \.wabas)
    }

    mutating func put(_ value: PhoneNumber) {
        phoneNumbers[value.id] = value
        phoneNumberIDsByDigits[value.digits] = value.id
        changes.add(value, to: \.phoneNumbers)
    }

    mutating func put(_ value: SignupCode) {
        codes[value.value] = value
        changes.add(value, to: \.codes)
    }

    mutating func put(_ value: AccessToken) {
        tokens[value.value] = value
        if value.kind == .business { noteBusinessToken(value) }
        changes.add(value, to: \.tokens)
    }

    private mutating func noteBusinessToken(_ value: AccessToken) {
        let key = "\(value.appID)/\(value.businessID)"
        if let known = tokens[businessTokens[key] ?? ""], known.issuedAt > value.issuedAt { return }
        businessTokens[key] = value.value
    }

    mutating func put(_ value: CreditAllocation) {
        allocations[value.id] = value
        if !value.isDeleted {
            allocationIDsByBusiness[value.receivingBusinessID] = value.id
        } else if allocationIDsByBusiness[value.receivingBusinessID] == value.id {
            allocationIDsByBusiness[value.receivingBusinessID] = nil
        }
        changes.add(value, to: \.allocations)
    }

    mutating func put(_ value: AppSubscription) {
        appSubscriptions[value.appID] = value
        changes.add(value, to: \.subscriptions)
    }

    mutating func endSubscription(ofApp appID: String) {
        appSubscriptions[appID] = nil
        changes.add(appID, to: \.endedSubscriptions)
    }

    mutating func put(_ value: Solution) {
        solutions[value.id] = value
        changes.add(value, to: \.solutions)
    }

    mutating func put(_ value: Certification) {
        certifications[value.id] = value
        changes.add(value, to: \.certifications)
    }

    mutating func put(_ value: InboundMessage) {
        inbound["\(value.phoneNumberID)/\(value.from)"] = value.at
        changes.add(value, to: \.inbound)
    }

    mutating func put(_ value: ScheduledEvent) {
        events[value.id] = value
        newEventIDs.append(value.id)
        changes.add(value, to: \.events)
    }

    mutating func finish(event id: Int64) {
        events[id] = nil
        changes.add(id, to: \.doneEvents)
    }

    mutating func nextEventID() -> Int64 {
        lastEventID += 1
        return lastEventID
    }

    mutating func count(_ effect: Effect) {
        effects[effect.rawValue, default: 0] += 1
        if changes.effects == nil { changes.effects = [:] }
        changes.effects?[effect.rawValue, default: 0] += 1
    }

    mutating func setClock(_ change: (inout SandboxClock) -> Void) {
        change(&clock)
        changes.clock = clock
    }

    mutating func rehearse(_ change: (inout Rehearsal) -> Void) {
        change(&rehearsal)
        changes.rehearsal = rehearsal
    }

    /// Lets go of what no call can ask for any more. Nothing is noted: played back, it is let go of again.
    mutating func prune() {
        let now = now
        inbound = inbound.filter { now - $0.value < Self.serviceWindow }
        codes = codes.filter { now - $0.value.issuedAt < Self.codesKept }
        usage.prune(at: now)
    }

    /// Long after its end a code still answers that it is spent or over.
    private static let codesKept: Milliseconds = 30 * 86_400_000

    mutating func takeChanges() -> ChangeSet {
        defer { changes = ChangeSet() }
        return changes
    }

    mutating func takeNewEventIDs() -> [Int64] {
        defer { newEventIDs = [] }
        return newEventIDs
    }

    private mutating func reindex(from old: WABA?, to new: WABA) {
        guard let key = new.creationKey else { return }
        if old == nil { owned[new.ownerBusinessID, default: CreationIndex()].insert(key) }
        let before = old?.sharedWith ?? [:]
        for business in new.sharedWith.keys where before[business] == nil {
            shared[business, default: CreationIndex()].insert(key)
        }
        for business in before.keys where new.sharedWith[business] == nil {
            shared[business, default: CreationIndex()].remove(key)
        }
    }

    private mutating func reindexTemplates(of waba: WABA) {
        for template in wabas[waba.id]?.templates ?? [] { templateOwners[template.id] = nil }
        for template in waba.templates ?? [] { templateOwners[template.id] = waba.id }
    }

    /// Plays a journal line back; what it changes is not noted again.
    mutating func apply(_ set: ChangeSet) {
        if let key = set.pinKey { pinKey = key }
        if let clock = set.clock { self.clock = clock }
        if let rehearsal = set.rehearsal { self.rehearsal = rehearsal }
        set.businesses?.forEach { put($0) }
        set.wabas?.forEach { put($0) }
        set.phoneNumbers?.forEach { put($0) }
        set.codes?.forEach { put($0) }
        set.tokens?.forEach { put($0) }
        set.allocations?.forEach { put($0) }
        set.subscriptions?.forEach { put($0) }
        set.solutions?.forEach { put($0) }
        set.certifications?.forEach { put($0) }
        set.endedSubscriptions?.forEach { endSubscription(ofApp: $0) }
        set.inbound?.forEach { put($0) }
        for event in set.events ?? [] {
            put(event)
            lastEventID = max(lastEventID, event.id)
        }
        set.doneEvents?.forEach { finish(event: $0) }
        for (effect, count) in set.effects ?? [:] { effects[effect, default: 0] += count }
        changes = ChangeSet()
    }
}

extension WABA {
    var creationKey: CreationIndex.Key? {
        UInt64(id).map { CreationIndex.Key(seconds: creationTimeSeconds, id: $0) }
    }
}
