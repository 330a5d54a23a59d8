// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI

extension NativeAPI {
    static var recordKeepingOperations: [Operation] { reconciliationOperations + importOperations }

    private static var reconciliationOperations: [Operation] {
        let tag = "Reconciliations"
        return [
            .native(
                .post, "reconciliations", .operator, tag, "Compare our records with Meta",
                note: "It goes on by itself, also over restarts. With `repair` what is safe is mended.",
                body: .body(["repair?": .boolean.orNull, "app_id?": .metaID.orNull]), isBodyOptional: true,
                answer: (202, .ref("Reconciliation")), refusals: [404, 409]),
            .page("reconciliations", .operator, tag, "List reconciliations", of: "Reconciliation"),
            .native(
                .get, "reconciliations/{id}", .operator, tag, "Show a reconciliation and its progress",
                answer: (200, .ref("Reconciliation"))),
            .page(
                "reconciliations/{id}/drift", .operator, tag, "List the differences that were found", of: "Drift",
                filters: [
                    .query("kind", .words(of: DriftKind.self)), .query("repair", .words(of: DriftRepair.self)),
                ]),
            .native(
                .post, "reconciliations/{id}/cancel", .operator, tag, "End a reconciliation", body: .nothing,
                isBodyOptional: true, answer: (200, .ref("Reconciliation")), refusals: [409]),
        ]
    }

    private static var importOperations: [Operation] {
        var begin = Operation.native(
            .post, "imports", .operator, "Imports", "Import WABAs that exist at Meta",
            note: "From Meta's client list, or from a CSV file with `partner_id` and `app_id` in the query.",
            query: [.query("partner_id", .string), .query("app_id", .string)], answer: (202, .ref("Import")),
            refusals: [404, 409, 413])
        begin.body = Operation.Body([
            "application/json": .body([
                "source": .words(of: BeginImportBody.JSONSource.self), "partner_id?": .string.orNull,
                "app_id?": .metaID.orNull,
            ]),
            "text/csv": .string,
        ])
        return [
            begin,
            .page("imports", .operator, "Imports", "List imports", of: "Import"),
            .native(
                .get, "imports/{id}", .operator, "Imports", "Show an import and its progress",
                answer: (200, .ref("Import"))),
            .page(
                "imports/{id}/rows", .operator, "Imports", "List the report in the order of the file",
                of: "ImportRow", filters: [.query("outcome", .words(of: ImportOutcome.self))]),
        ]
    }

    static var recordKeepingSchemas: [String: Schema] {
        [
            "Reconciliation": .object([
                "id": .string, "app_id": .string, "state": .words(of: Reconciliation.State.self),
                "phase": .words(of: Reconciliation.Phase.self), "repair": .boolean, "requested_by": .string,
                "listed": .integer, "records": .integer, "checked": .integer, "rescued": .integer,
                "repaired": .integer, "drift": .map(.integer), "detail": .string.orNull, "started_at": .time.orNull,
                "estimated_finish_at": .time.orNull, "updated_at": .time, "finished_at": .time.orNull,
            ]),
            "Drift": .object([
                "id": .string, "kind": .words(of: DriftKind.self), "waba_id": .string,
                "phone_number_id": .string.orNull, "partner_id": .string.orNull, "detail": .string.orNull,
                "repair": .words(of: DriftRepair.self), "remedy": .ref("Remedy"), "found_at": .time,
            ]),
            "Import": .object([
                "id": .string, "app_id": .string, "source": .words(of: WABAImport.Source.self),
                "state": .words(of: WABAImport.State.self), "partner_id": .string.orNull, "requested_by": .string,
                "rows": .integer.orNull, "rows_done": .integer, "outcomes": .map(.integer),
                "detail": .string.orNull, "created_at": .time, "updated_at": .time, "finished_at": .time.orNull,
            ]),
            "ImportRow": .object([
                "line": .integer, "waba_id": .string, "outcome": .words(of: ImportOutcome.self),
                "detail": .string.orNull, "partner_id": .string.orNull, "customer_id": .string.orNull,
            ]),
        ]
    }
}
