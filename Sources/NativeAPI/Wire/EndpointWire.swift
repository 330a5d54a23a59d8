// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

/// `POST /endpoints`.
struct CreateEndpointBody: NativeBody {
    let url: String
    let events: [String]
    let format: OneOf<WebhookFormatName>?
    let customerID: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case url
        case events
        case format
        case customerID = "customer_id"
    }

    static let fields = FieldNames(of: CodingKeys.self)

    func draft(formats: [WebhookFormatName]) throws -> Endpoints.Draft {
        let format = format?.value ?? .standard
        guard formats.contains(format) else {
            let known = formats.map(\.rawValue).joined(separator: ", ")
            throw ServiceError.invalid(field: "format", message: "must be one of \(known)")
        }
        return Endpoints.Draft(
            url: try FieldChecks.text(url, "url", max: 2048), events: try EventFilter.read(events), format: format,
            customerID: try FieldChecks.customer(customerID, "customer_id"))
    }
}

/// `PATCH /endpoints/{id}`: what is left out stays.
struct ChangeEndpointBody: NativeBody {
    let url: String?
    let events: [String]?
    let state: OneOf<Endpoint.State>?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case url
        case events
        case state
    }

    static let fields = FieldNames(of: CodingKeys.self)

    func change() throws -> Endpoints.Change {
        Endpoints.Change(
            url: try FieldChecks.optionalText(url, "url", max: 2048), events: try events.map(EventFilter.read(_:)),
            isEnabled: state.map { $0.value == .enabled })
    }
}

extension EventFilter {
    /// Names the pattern that can never match.
    fileprivate static func read(_ patterns: [String]) throws -> EventFilter {
        for (index, pattern) in patterns.enumerated() where EventFilter(validating: [pattern]) == nil {
            throw ServiceError.invalid(field: "events[\(index)]", message: "must be *, an event type or prefix.*")
        }
        guard patterns.count <= 50, let filter = EventFilter(validating: patterns) else {
            throw ServiceError.invalid(field: "events", message: "must have 1 to 50 patterns")
        }
        return filter
    }
}

extension Endpoint {
    var wire: JSONValue { .object(members) }

    /// With the signing secret: on creation, and never again.
    func wire(secret: OtherSecret) -> JSONValue {
        var members = members
        members["secret"] = .string(secret.secret)
        return .object(members)
    }

    private var members: [String: JSONValue] {
        [
            "id": .id(id),
            "partner_id": .id(partnerID),
            "customer_id": .id(customerID),
            "url": .string(url),
            "events": .array(events.patterns.map { .string($0) }),
            "format": .name(format),
            "state": .name(state),
            "disabled_reason": .text(disabledReason),
            "created_at": .time(createdAt),
            "updated_at": .time(updatedAt),
        ]
    }
}
