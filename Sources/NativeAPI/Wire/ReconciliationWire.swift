// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

/// `POST /reconciliations`.
struct BeginReconciliationBody: NativeBody {
    let repair: Bool?
    let appID: MetaIDField<AppID>?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case repair
        case appID = "app_id"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

/// `POST /imports` for Meta's client list.
struct BeginImportBody: NativeBody {
    let source: OneOf<JSONSource>
    let partnerID: String?
    let appID: MetaIDField<AppID>?

    /// A CSV file comes as itself, not inside JSON.
    enum JSONSource: String, CaseIterable {
        case meta
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case source
        case partnerID = "partner_id"
        case appID = "app_id"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

extension FieldChecks {
    static func partner(_ value: String?, _ field: String) throws -> PartnerID? {
        guard let value else { return nil }
        guard let id = PartnerID(validating: value) else {
            throw ServiceError.invalid(field: field, message: "must be the id of a partner")
        }
        return id
    }
}

extension Reconciliation {
    var wire: JSONValue {
        [
            "id": .id(id),
            "app_id": .id(appID),
            "state": .name(state),
            "phase": .name(phase),
            "repair": .bool(repairs),
            "requested_by": .string(requestedBy),
            "listed": .number(counts.listed),
            "records": .number(recordTotal),
            "checked": .number(counts.checked),
            "rescued": .number(counts.rescued),
            "repaired": .number(counts.repaired),
            "drift": .object(counts.drift.mapValues { .number($0) }),
            "detail": .text(detail),
            "started_at": .time(startedAt),
            "estimated_finish_at": .time(estimatedFinishAt),
            "updated_at": .time(updatedAt),
            "finished_at": .time(finishedAt),
        ]
    }
}

extension Drift {
    var wire: JSONValue {
        let remedy = kind.remedy
        return [
            "id": .id(id),
            "kind": .name(kind),
            "waba_id": .id(wabaID),
            "phone_number_id": .id(phoneNumberID),
            "partner_id": .id(partnerID),
            "detail": .text(detail),
            "repair": .name(repair),
            "remedy": ["actor": .name(remedy.actor), "text": .string(remedy.text)],
            "found_at": .time(foundAt),
        ]
    }
}

extension WABAImport {
    var wire: JSONValue {
        [
            "id": .id(id),
            "app_id": .id(appID),
            "source": .name(source),
            "state": .name(state),
            "partner_id": .id(partnerID),
            "requested_by": .string(requestedBy),
            "rows": .number(rowTotal),
            "rows_done": .number(rowsDone),
            "outcomes": .object(counts.mapValues { .number($0) }),
            "detail": .text(detail),
            "created_at": .time(createdAt),
            "updated_at": .time(updatedAt),
            "finished_at": .time(finishedAt),
        ]
    }
}

extension ImportRow {
    var wire: JSONValue {
        [
            "line": .number(line),
            "waba_id": .string(wabaID),
            "outcome": .name(outcome),
            "detail": .text(detail),
            "partner_id": .id(partnerID),
            "customer_id": .id(customerID),
        ]
    }
}
