// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// Brings pending changes of a sender to Meta and writes what became of them.
struct SenderProfiles: Sendable {
    let desk: ProjectDesk

    /// Applied; refused (`rejected`, with Meta's words); or not reached (`error`).
    func push(_ id: SenderID, _ project: Project) async throws {
        guard let sender = try await desk.store.read({ try $0.senders.find(id) }), let pending = sender.pending,
            let number = sender.phoneNumberID
        else { return }
        var refusal: GraphError?
        do {
            let (_, graph, token) = try await desk.customer(of: project)
            try await send(pending.changes, to: number, sender, graph, token)
        } catch let error as GraphError {
            refusal = error
        }
        let end = refusal
        try await desk.store.write { tx in
            guard var sender = try tx.senders.find(id), sender.pending == pending else { return }
            sender.updatedAt = tx.now
            if let end {
                let isRefused = end.class == .permanent || end.class == .needsPerson
                sender.pending?.status = isRefused ? .rejected : .error
                sender.pending?.detail = end.details ?? end.message
            } else {
                sender.profile = pending.changes.applied(to: sender.profile)
                sender.pending = nil
            }
            try tx.senders.save(sender)
            if end != nil { try tx.projects.note(.rejected, of: sender, in: project) }
        }
    }

    private func send(
        _ changes: SenderChanges, to number: PhoneNumberID, _ sender: Sender, _ graph: any GraphSending,
        _ token: BusinessToken
    ) async throws(GraphError) {
        let profile = changes.applied(to: sender.profile)
        var update = UpdateProfile.Changes()
        var isNeeded = false
        for field in changes.fields {
            let value = changes.value(of: field) ?? ""
            switch field {
            case .displayName:
                guard value != sender.profile[.displayName], sender.profile[.displayName] != nil else { continue }
                _ = try await graph.send(RequestDisplayName(number, displayName: value, token: token))
                continue
            case .vertical: update.vertical = Self.verticals[value] ?? value
            case .description: update.description = value
            case .email: update.email = value
            case .address: update.address = value
            case .websiteOne, .websiteTwo:
                update.websites = [profile[.websiteOne], profile[.websiteTwo]].compactMap(\.self)
            case .about: update.about = value
            // Meta takes pictures as uploads only.
            case .photoURL: continue
            }
            isNeeded = true
        }
        if isNeeded { _ = try await graph.send(UpdateProfile(number, changes: update, token: token)) }
    }

    /// Sinch's words for what Meta calls otherwise. Source: Sinch, vertical; Meta, business profiles.
    private static let verticals = [
        "AUTOMOTIVE": "AUTO", "BEAUTY_SPA_SALON": "BEAUTY", "CLOTHING_AND_APPAREL": "APPAREL", "EDUCATION": "EDU",
        "ENTERTAINMENT": "ENTERTAIN", "EVENT_PLANNING_AND_SERVICE": "EVENT_PLAN", "FINANCE_AND_BANKING": "FINANCE",
        "FOOD_AND_GROCERY": "GROCERY", "PUBLIC_SERVICE": "GOVT", "HOTEL_AND_LODGING": "HOTEL",
        "MEDICAL_AND_HEALTH": "HEALTH", "NON_PROFIT": "NONPROFIT", "PROFESSIONAL_SERVICES": "PROF_SERVICES",
        "SHOPPING_AND_RETAIL": "RETAIL", "TRAVEL_AND_TRANSPORTATION": "TRAVEL", "OTC_DRUGS": "OTC_DRUGS",
    ]
}
