// SPDX-License-Identifier: Apache-2.0

/// All that exists in the sandbox. Changes go through `put`, which keeps the indexes and notes them for the journal.
struct WorldState: Sendable {
    let configuration: SimulatorConfiguration
    private(set) var clock = SandboxClock()
    private(set) var rehearsal = Rehearsal()
    /// In the order of their planning, which is that of their ids.
    private(set) var faults: [Fault] = []
    private(set) var lastFaultID = 0
    var dice: Dice

    private(set) var businesses: [String: Business] = [:]
    private(set) var wabas = ObjectTable<WABA>()
    private(set) var phoneNumbers = ObjectTable<PhoneNumber>()
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
    /// A world that begins is written down as a whole.
    private var isNoting = false
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
        note(value, in: \.businesses)
    }

    mutating func put(_ value: WABA) {
        let old = wabas.look(at: value.id)
        reindex(from: old?.value, to: value)
        if value.templates != nil || old?.value.templates != nil { reindexTemplates(of: value) }
        wabas[value.id] = value
        note(value, in: \.wabas)
    }

    mutating func put(_ value: PhoneNumber) {
        phoneNumbers[value.id] = value
        if value.isMigrated != true { phoneNumberIDsByDigits[value.digits] = value.id }
        note(value, in: \.phoneNumbers)
    }

    mutating func put(_ value: SignupCode) {
        codes[value.value] = value
        note(value, in: \.codes)
    }

    mutating func put(_ value: AccessToken) {
        tokens[value.value] = value
        if value.kind == .business { noteBusinessToken(value) }
        note(value, in: \.tokens)
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
        note(value, in: \.allocations)
    }

    mutating func put(_ value: AppSubscription) {
        appSubscriptions[value.appID] = value
        note(value, in: \.subscriptions)
    }

    mutating func endSubscription(ofApp appID: String) {
        appSubscriptions[appID] = nil
        note(appID, in: \.endedSubscriptions)
    }

    mutating func put(_ value: Solution) {
        solutions[value.id] = value
        note(value, in: \.solutions)
    }

    mutating func put(_ value: Certification) {
        certifications[value.id] = value
        note(value, in: \.certifications)
    }

    mutating func put(_ value: InboundMessage) {
        inbound["\(value.phoneNumberID)/\(value.from)"] = value.at
        note(value, in: \.inbound)
    }

    mutating func put(_ value: ScheduledEvent) {
        events[value.id] = value
        newEventIDs.append(value.id)
        note(value, in: \.events)
    }

    mutating func finish(event id: Int64) {
        events[id] = nil
        note(id, in: \.doneEvents)
    }

    mutating func nextEventID() -> Int64 {
        lastEventID += 1
        return lastEventID
    }

    mutating func count(_ effect: Effect) {
        effects[effect.rawValue, default: 0] += 1
        guard isNoting else { return }
        changes.effects = (changes.effects ?? [:]).merging([effect.rawValue: 1], uniquingKeysWith: +)
    }

    mutating func put(_ value: Fault) {
        if let index = faults.lastIndex(where: { $0.id <= value.id }), faults[index].id == value.id {
            faults[index] = value
        } else {
            faults.append(value)
            lastFaultID = max(lastFaultID, value.id)
        }
        note(FaultRecord(value), in: \.faults)
    }

    mutating func endFaults(where isOver: (Fault) -> Bool) {
        for fault in faults where isOver(fault) { note(fault.id, in: \.endedFaults) }
        faults.removeAll(where: isOver)
    }

    mutating func setClock(_ change: (inout SandboxClock) -> Void) {
        change(&clock)
        if isNoting { changes.clock = clock }
    }

    mutating func rehearse(_ change: (inout Rehearsal) -> Void) {
        change(&rehearsal)
        if isNoting { changes.rehearsal = rehearsal }
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

    private mutating func note<Value>(_ value: Value, in list: WritableKeyPath<ChangeSet, [Value]?>) {
        if isNoting { changes.add(value, to: list) }
    }

    /// From here on changes are for the journal.
    mutating func beginNoting() { isNoting = true }

    var hasChanges: Bool { !changes.isEmpty }

    mutating func takeChanges() -> ChangeSet {
        defer { changes = ChangeSet() }
        return changes
    }

    mutating func takeNewEventIDs() -> [Int64] {
        defer { newEventIDs = [] }
        return newEventIDs
    }

    /// So that so many objects come in without the tables growing step by step.
    mutating func reserveCapacity(businesses: Int, wabas: Int, phoneNumbers: Int, allocations: Int) {
        self.businesses.reserveCapacity(self.businesses.count + businesses)
        self.wabas.reserveCapacity(self.wabas.count + wabas)
        self.phoneNumbers.reserveCapacity(self.phoneNumbers.count + phoneNumbers)
        phoneNumberIDsByDigits.reserveCapacity(phoneNumberIDsByDigits.count + phoneNumbers)
        self.allocations.reserveCapacity(self.allocations.count + allocations)
        allocationIDsByBusiness.reserveCapacity(allocationIDsByBusiness.count + allocations)
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

    /// Plays a journal line back, before noting begins.
    mutating func apply(_ set: ChangeSet) {
        if let key = set.pinKey { pinKey = key }
        if let clock = set.clock { self.clock = clock }
        if let rehearsal = set.rehearsal { self.rehearsal = rehearsal }
        set.faults?.compactMap(\.fault).forEach { put($0) }
        if let ended = set.endedFaults { endFaults { ended.contains($0.id) } }
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
    }
}

extension WABA {
    var creationKey: CreationIndex.Key? {
        UInt64(id).map { CreationIndex.Key(seconds: creationTimeSeconds, id: $0) }
    }
}
