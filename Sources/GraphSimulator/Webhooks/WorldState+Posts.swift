// SPDX-License-Identifier: Apache-2.0

/// One POST and the events it carries.
struct WebhookPost: Sendable {
    var url: String
    var eventIDs: [Int64]
    var body: WebhookBody
}

extension WorldState {
    /// Fields that follow an override of the callback; all others go to the app's own. Source: reference section 7.4.
    private static let overridable: Set<String> = ["messages", "history", "smb_app_state_sync", "smb_message_echoes"]

    /// Carries out the changes among the events and answers the POSTs of the others, in order.
    /// Only `messages` travel several in one POST.
    mutating func posts(for ids: [Int64]) -> [WebhookPost] {
        var posts: [WebhookPost] = []
        var batch: [(id: Int64, webhook: ScheduledEvent.Webhook)] = []
        var batchURL = ""
        func flush() {
            guard let first = batch.first, let secret = party(ofApp: first.webhook.appID)?.appSecret else { return }
            posts.append(
                WebhookPost(
                    url: batchURL, eventIDs: batch.map(\.id), body: WebhookBody(batch.map(\.webhook), secret: secret)))
            batch = []
        }
        for id in ids {
            guard let event = events[id] else { continue }
            guard event.change == nil, let webhook = event.webhook else {
                apply(event)
                continue
            }
            guard let url = callback(for: webhook) else {
                finish(event: id)
                continue
            }
            let joins = batch.last.map {
                batchURL == url && $0.webhook.field == "messages" && webhook.field == "messages"
                    && $0.webhook.appID == webhook.appID && $0.webhook.isForged == webhook.isForged
            }
            if joins != true { flush() }
            batchURL = url
            batch.append((id, webhook))
        }
        flush()
        return posts
    }

    /// Where a webhook goes now; nil when nobody wants it.
    private func callback(for webhook: ScheduledEvent.Webhook) -> String? {
        let own = appSubscriptions[webhook.appID]
        let isWanted = own.map { $0.fields.isEmpty || $0.fields.contains(webhook.field) } ?? false
        guard Self.overridable.contains(webhook.field), let wabaID = webhook.wabaID else {
            return isWanted ? own?.callbackURL : nil
        }
        guard isWanted, let subscription = wabas[wabaID]?.subscriptions[webhook.appID] else { return nil }
        let phone = webhook.phoneNumberID.flatMap { phoneNumbers[$0] }
        return phone?.overrideURL ?? subscription.overrideURL ?? own?.callbackURL
    }

    mutating func settle(_ ids: [Int64], isDelivered: Bool) {
        for id in ids {
            guard var event = events[id] else { continue }
            event.failures += 1
            event.due = now + RetrySchedule.delay(afterFailures: event.failures)
            if isDelivered || event.due - event.createdAt > RetrySchedule.lifetime {
                finish(event: id)
            } else {
                put(event)
            }
        }
    }
}
