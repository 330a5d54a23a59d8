// SPDX-License-Identifier: Apache-2.0

/// One POST and the events it carries.
struct WebhookPost: Sendable {
    var url: String
    var eventIDs: [Int64]
    var body: WebhookBody
    /// What the log shows of it.
    var record: SentWebhook
}

extension WorldState {
    /// Fields that follow an override of the callback; all others go to the app's own. Source: reference section 7.4.
    private static let overridable: Set<String> = ["messages", "history", "smb_app_state_sync", "smb_message_echoes"]

    /// Carries out the changes among the events and answers the POSTs of the others, in order.
    /// `messages` and what was ordered as a batch travel several in one POST.
    mutating func posts(for ids: [Int64]) -> [WebhookPost] {
        var posts: [WebhookPost] = []
        var batch = Batch()
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
            let update = WebhookBody.Update(webhook)
            if !batch.takes(update, url) { posts += post(&batch) }
            batch.url = url
            batch.eventIDs.append(id)
            batch.updates.append(update)
            batch.size += update.size
            batch.failures = max(batch.failures, event.failures)
        }
        return posts + post(&batch)
    }

    private struct Batch {
        var url = ""
        var eventIDs: [Int64] = []
        var updates: [WebhookBody.Update] = []
        var size = 0
        var failures = 0

        func takes(_ update: WebhookBody.Update, _ url: String) -> Bool {
            guard let last = updates.last?.webhook else { return true }
            let new = update.webhook
            let isTogether =
                new.batchID != nil || last.batchID != nil
                ? new.batchID == last.batchID : last.field == "messages" && new.field == "messages"
            return isTogether && self.url == url && last.appID == new.appID && last.forgery == new.forgery
                && WebhookBody.hasRoom(count: updates.count, size: size, for: update)
        }
    }

    private func post(_ batch: inout Batch) -> [WebhookPost] {
        defer { batch = Batch() }
        guard let first = batch.updates.first?.webhook, let secret = party(ofApp: first.appID)?.appSecret else {
            return []
        }
        let body = WebhookBody(batch.updates, secret: secret)
        return [
            WebhookPost(
                url: batch.url, eventIDs: batch.eventIDs, body: body,
                record: SentWebhook(
                    at: now, url: batch.url, webhooks: batch.updates.map(\.webhook), attempt: batch.failures + 1,
                    body: body))
        ]
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

    /// Notes how a POST ended. Answers when it is repeated; nil when it is not.
    mutating func settle(_ ids: [Int64], isDelivered: Bool) -> Milliseconds? {
        var next: Milliseconds?
        let isCrowded = events.count > RetrySchedule.mostWaiting
        for id in ids {
            guard var event = events[id] else { continue }
            event.failures += 1
            event.due = now + RetrySchedule.delay(afterFailures: event.failures)
            if isDelivered || isCrowded || event.due - event.createdAt > configuration.webhookRetryMilliseconds {
                finish(event: id)
            } else {
                put(event)
                next = event.due
            }
        }
        return next
    }
}
