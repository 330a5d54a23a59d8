// SPDX-License-Identifier: Apache-2.0

/// Every field and event the sandbox can send.
enum WebhookCatalog {
    static let samples: [WebhookSample] =
        WebhookSample.accountUpdates + WebhookSample.otherAccountFields + WebhookSample.numberFields
        + WebhookSample.templateFields + WebhookSample.messageFields + WebhookSample.otherFields

    static let fields: Set<String> = Set(samples.map(\.field))

    /// The sample of a field and event. Without an event the field's first; without a field the one that has the event.
    static func sample(
        field: String?, event: String?, variant: String?
    ) throws(ControlFailure) -> WebhookSample {
        if let field, !fields.contains(field) {
            throw ControlFailure("field: unknown; GET /_sandbox/webhooks/catalog lists them; others need a value")
        }
        let named = samples.filter { (field == nil || $0.field == field) && (event == nil || $0.event == event) }
        guard let first = named.first else {
            let known = Set(samples.filter { $0.field == field }.compactMap(\.event)).sorted().joined(separator: ", ")
            throw ControlFailure("event: unknown\(known.isEmpty ? "" : "; one of \(known), or give a value")")
        }
        guard named.allSatisfy({ $0.field == first.field }) else {
            throw ControlFailure("field: required, several fields have the event \(event ?? "")")
        }
        guard let variant else { return first }
        guard let found = named.first(where: { $0.variant == variant }) else {
            let known = named.compactMap(\.variant).joined(separator: ", ")
            throw ControlFailure("variant: unknown\(known.isEmpty ? ", it has none" : "; one of \(known)")")
        }
        return found
    }

    /// One line a sample.
    static var json: JSON {
        let lines = samples.map { sample -> JSON in
            [
                "field": .string(sample.field), "event": sample.event.map { .string($0) } ?? .null,
                "variant": sample.variant.map { .string($0) } ?? .null, "entry": .string(sample.entry.rawValue),
                "documented": .bool(sample.isDocumented),
            ]
        }
        return ["data": .array(lines)]
    }
}
