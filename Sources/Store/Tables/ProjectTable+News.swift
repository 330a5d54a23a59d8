// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// A project follows what happens to its customer, whichever door began it: events of onboardings, WABAs and numbers become
/// news of its account and senders, in the same transaction.
extension ProjectTable {
    private static let businessManager = "SINCH_UK"

    /// Gives the project an account and senders for what its customer has already, so that what was begun through one door
    /// shows through the others. Returns what is new.
    @discardableResult
    package func adopt(_ project: Project) throws -> [Sender] {
        let filter = WABATable.Filter(partner: project.partnerID, customer: project.customerID)
        let wabas = try tx.wabas.page(filter, PageRequest(limit: 20)).items
        let owned = wabas.filter { $0.state != .offboarded && $0.state != .deleted }
        guard let first = owned.last else { return [] }
        if try tx.senders.anyAccount(of: project.id) == nil {
            var account = ProjectAccount(
                projectID: project.id, isEmbeddedSignup: true, businessManager: Self.businessManager, details: nil,
                createdAt: tx.now)
            account.wabaID = first.id
            account.onboardingID = try tx.onboardings.latest(of: first.id, partner: project.partnerID)?.id
            account.toldPhase = .inProgress
            try tx.senders.save(account)
            try note(.created, of: account, in: project)
        }
        let known = try tx.senders.all(of: project.id)
        var added: [Sender] = []
        for number in try owned.flatMap({ try tx.phoneNumbers.ofWABA($0.id) }) where number.facts.isConnected {
            let isKnown = known.contains { $0.phoneNumberID == number.id }
            guard !isKnown, try tx.senders.find(number: number.id) == nil else { continue }
            added.append(try adopt(number, known, in: project))
        }
        return added
    }

    /// The sender whose onboarding chose the number, else a new one.
    private func adopt(_ number: PhoneNumber, _ known: [Sender], in project: Project) throws -> Sender {
        let running = try known.first { sender in
            guard sender.phoneNumberID == nil, let run = sender.onboardingID else { return false }
            return try tx.onboardings.find(run)?.phoneNumberID == number.id
        }
        var sender =
            running
            ?? Sender(
                id: SenderID(at: tx.now), projectID: project.id, phase: .live, businessManager: Self.businessManager,
                createdAt: tx.now)
        sender.phoneNumberID = number.id
        sender.wabaID = number.wabaID
        if running == nil {
            sender.profile[.displayName] = number.facts.verifiedName
            try record(.created, of: sender, in: project)
        }
        try tx.senders.save(sender)
        return sender
    }

    // MARK: News

    package func note(
        _ news: AccountNews, of account: ProjectAccount, in project: Project, actor: String = "system",
        comment: String? = nil
    ) throws {
        try tx.activities.record(
            partner: project.partnerID, actor: actor, action: "account.\(news.rawValue)", target: project.id.rawValue,
            detail: comment)
        try tx.publish(
            EventDraft(
                type: .accountUpdated, partnerID: project.partnerID, customerID: project.customerID,
                wabaID: account.wabaID, onboardingID: account.onboardingID,
                data: [
                    "project_id": .string(project.id.rawValue), "change": .string(news.rawValue),
                    "comment": .text(comment),
                ], dedupeKey: "account:\(project.id):\(news.rawValue):\(ActivityID(at: tx.now))"))
    }

    package func note(
        _ news: SenderNews, of sender: Sender, in project: Project, actor: String = "system", comment: String? = nil
    ) throws {
        try record(news, of: sender, in: project, actor: actor, comment: comment)
        try keepTold(news, of: sender)
        try tx.publish(
            EventDraft(
                type: .senderUpdated, partnerID: project.partnerID, customerID: project.customerID,
                wabaID: sender.wabaID, phoneNumberID: sender.phoneNumberID, onboardingID: sender.onboardingID,
                data: [
                    "project_id": .string(project.id.rawValue), "sender_id": .string(sender.id.rawValue),
                    "change": .string(news.rawValue), "comment": .text(comment),
                ], dedupeKey: "sender:\(sender.id):\(news.rawValue):\(ActivityID(at: tx.now))"))
    }

    private func keepTold(_ news: SenderNews, of sender: Sender) throws {
        switch news {
        case .active, .inactive, .error, .pendingVerification:
            guard var stored = try tx.senders.find(sender.id), stored.toldState != news else { return }
            stored.toldState = news
            try tx.senders.save(stored)
        case .created, .draft, .edited, .inProgress, .registered, .verified, .rejected, .deleted, .displayNameUpdated,
            .qualityRatingUpdated, .commentAdded:
            return
        }
    }

    private func record(
        _ news: SenderNews, of sender: Sender, in project: Project, actor: String = "system", comment: String? = nil
    ) throws {
        try tx.activities.record(
            partner: project.partnerID, actor: actor, action: "sender.\(news.rawValue)", target: sender.id.rawValue,
            detail: comment)
    }

    /// Its number can send now. A profile that waited for that is brought to Meta by the queue.
    package func setLive(_ sender: inout Sender, in project: Project) throws {
        sender.phase = .live
        sender.failure = nil
        sender.failureDetail = nil
        sender.updatedAt = tx.now
        try tx.senders.save(sender)
        try bringProfile(of: sender)
        try note(.active, of: sender, in: project)
    }

    private func bringProfile(of sender: Sender) throws {
        guard sender.pending?.status == .inProgress else { return }
        try tx.work.enqueue(kind: "sender", key: sender.id.rawValue, dueAt: tx.now)
    }

    // MARK: Following events

    /// Cheap for all that concerns no project: the type is asked first.
    func observe(_ event: Event) throws {
        guard let type = EventType(rawValue: event.type), let effect = Effect(type), let customer = event.customerID,
            let project = try find(customer: customer)
        else { return }
        let added = try adopt(project)
        try observeAccount(project, effect)
        for sender in try tx.senders.all(of: project.id) where sender.removalAt == nil {
            let isNew = added.contains { $0.id == sender.id }
            guard let news = try news(of: sender, event, effect, in: project, isNew: isNew),
                news != .active || sender.toldState != .active
            else { continue }
            if news == .active { try bringProfile(of: sender) }
            try note(news, of: sender, in: project)
        }
    }

    private enum Effect {
        case run
        case number
        case waba
        case name
        case quality

        init?(_ type: EventType) {
            switch type {
            case .wabaOnboarded, .onboardingActionRequired, .onboardingFailed, .onboardingCancelled, .signupAbandoned:
                self = .run
            case .phoneNumberRegistered, .phoneNumberDeregistered: self = .number
            case .wabaReviewUpdated, .wabaDisconnected, .wabaReconnected, .wabaRestricted, .wabaDeleted,
                .wabaOffboarded:
                self = .waba
            case .phoneNumberNameUpdated: self = .name
            case .phoneNumberQualityUpdated: self = .quality
            case .onboardingStepCompleted, .templateStatusUpdated, .messageReceived, .messageStatus, .accountUpdated,
                .senderUpdated, .wabaTokenExpiring, .phoneNumberAdded, .phoneNumberVerified, .phoneNumberPINChanged,
                .phoneNumberRegistrationDue, .businessAppSyncUpdated:
                return nil
            }
        }
    }

    private func observeAccount(_ project: Project, _ effect: Effect) throws {
        guard var account = try tx.senders.account(of: project.id) else { return }
        let snapshot = try tx.senders.snapshot(account, of: project)
        let phase = snapshot.phase
        account.wabaID = snapshot.waba?.id ?? account.wabaID
        guard phase != account.toldPhase else {
            if case .waba = effect { try note(.wabaChanged, of: account, in: project) }
            return
        }
        account.toldPhase = phase
        account.updatedAt = tx.now
        try tx.senders.save(account)
        try note(AccountNews(phase), of: account, in: project)
    }

    private func news(
        of sender: Sender, _ event: Event, _ effect: Effect, in project: Project, isNew: Bool
    ) throws -> SenderNews? {
        let isItsNumber = sender.phoneNumberID != nil && sender.phoneNumberID == event.phoneNumberID
        switch effect {
        case .name: return isItsNumber ? .displayNameUpdated : nil
        case .quality: return isItsNumber ? .qualityRatingUpdated : nil
        case .run:
            let isItsRun = sender.onboardingID != nil && sender.onboardingID == event.onboardingID
            guard isNew || isItsNumber || (isItsRun && sender.phase == .run) else { return nil }
        case .number: guard isNew || (isItsNumber && sender.phase == .live) else { return nil }
        case .waba: guard sender.wabaID == event.wabaID, sender.wabaID != nil else { return nil }
        }
        switch try tx.senders.snapshot(sender, of: project).status(at: tx.now).state {
        case .active: return .active
        case .inactive: return .inactive
        case .error: return .error
        case .pendingVerification: return .pendingVerification
        case .suspended: return .inactive
        case .inProgress, nil: return nil
        }
    }

    // MARK: Subjects

    /// What an event is about, for formats that show it whole.
    func subject(of event: Event, for endpoint: Endpoint) throws -> EventSubject {
        var subject = EventSubject()
        subject.webhook = try tx.projectWebhooks.find(endpoint: endpoint.id)
        guard let customer = event.customerID, let project = try find(customer: customer) else { return subject }
        switch EventType(rawValue: event.type) {
        case .senderUpdated:
            guard let id = try StoredJSON.decode(event.dataJSON, as: SenderReference.self).senderID,
                let sender = try tx.senders.find(id)
            else { return subject }
            subject.sender = try tx.senders.snapshot(sender, of: project)
        case .accountUpdated:
            guard let account = try tx.senders.account(of: project.id) else { return subject }
            subject.account = try tx.senders.snapshot(account, of: project)
        default: break
        }
        return subject
    }
}

private struct SenderReference: Decodable {
    let senderID: SenderID?

    enum CodingKeys: String, CodingKey {
        case senderID = "sender_id"
    }
}
