// SPDX-License-Identifier: Apache-2.0
package import Domain
import PartnerWebhooks

/// Meta's own changes and nothing else: a notification with those of one partner, each with the bytes it came with. What
/// Meta signed was the whole of it, so its signature cannot come along: ours stands there instead.
package struct MetaRawFormat: WebhookFormat {
    package init() {}

    package var name: WebhookFormatName { .metaRaw }
    package var forwardsRawChanges: Bool { true }

    package func render(_ event: Event, for endpoint: Endpoint) -> RenderedEvent? { nil }

    package func forward(_ changes: [RawChange], for endpoint: Endpoint) -> RenderedEvent? {
        RenderedEvent(body: RawChange.body(of: changes), headers: [RawChange.header: RawChange.headerValue])
    }
}
