// SPDX-License-Identifier: Apache-2.0
package import Domain
import PartnerWebhooks

/// Events as this API shows them. Source: Standard Webhooks 1.0.0, with our `id` in the body too.
package struct StandardFormat: WebhookFormat {
    package init() {}

    package var name: WebhookFormatName { .standard }

    package func render(_ event: Event, for endpoint: Endpoint) -> RenderedEvent? {
        RenderedEvent(body: Array(event.wireText.utf8))
    }
}

extension Event {
    /// `data` stands as it was stored, byte for byte.
    var wireText: String {
        let type = JSONValue.string(type).text
        return #"{"id":"\#(id)","type":\#(type),"timestamp":"\#(occurredAt)","data":\#(dataJSON)}"#
    }
}
