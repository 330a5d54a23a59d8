// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import HTTPTypes
import Services

/// Source: Sinch, tags "Solutions" and "Templates" (outline).
extension SinchReplay {
    private static let solution = """
        {"id": "987654321012345", "name": "Shrubs", "status": "ACTIVE",
         "owner_app": {"id": "634974688087057", "name": "Gangway"},
         "partners": {"data": [{"partner_app": {"id": "55", "name": "Partner"}}]}}
        """

    private static func shown(assigned: Bool) -> String {
        """
        {"id": "987654321012345", "details": {"name": "Shrubs"}, "assigned": \(assigned),
         "ownerApp": {"id": 634974688087057, "name": "Gangway"}, "partnerApp": {"id": 55, "name": "Partner"}}
        """
    }

    static let solutions: [SinchReplay] = [
        SinchReplay(
            "GET solutions", method: .get, "/whatsapp/solutions", 200,
            .json(#"{"solutions": [\#(shown(assigned: false))]}"#), after: { try await $0.planSolution(solution) }),
        SinchReplay(
            "GET solution", method: .get, "/whatsapp/solutions/987654321012345", 200, .json(shown(assigned: false)),
            after: { try await $0.planSolution(solution) }),
        SinchReplay(
            "solution_not_found", method: .get, "/whatsapp/solutions/5", 404,
            .error("solution_not_found", "Solution not found.")),
        SinchReplay(
            "POST assign", method: .post, "/whatsapp/solutions/987654321012345/assign", 204, .empty,
            after: { try await $0.planSolution(solution) }),
        SinchReplay(
            "solution_cannot_be_reassigned", method: .post, "/whatsapp/solutions/987654321012345/assign", 409,
            .error(
                "solution_cannot_be_reassigned", "Solution cannot be reassigned.",
                resolution: "Project is already onboarded, can't reassign solution"),
            after: { stage in
                try await stage.planSolution(solution)
                try await stage.onboard()
            }),
        SinchReplay(
            "POST solutions", method: .post, "/whatsapp/solutions",
            #"{"details": {"name": "Shrubs"}, "accessToken": "t", "businessManager": "SINCH_UK"}"#, 201,
            .json(
                """
                {"solutions": [], "failedSolutions":
                 [{"partnerAppId": "634974688087057", "errorCode": "CREATION_FAILED", "errorMessage": "(#100) refused"}]}
                """),
            after: { stage in
                stage.planToken()
                stage.fail("create_solution", .refusal("create_solution", subcode: nil))
            }),
    ]

    private static let template = #"{"id": "7", "name": "order", "language": "en_US", "status": "APPROVED"}"#
    private static let shownTemplate = #"{"id": "7", "name": "order", "language": "EN_US", "status": "APPROVED"}"#

    static let templates: [SinchReplay] = [
        SinchReplay(
            "GET templates", method: .get, "/whatsapp/templates", 200,
            .json(#"{"totalSize": 1, "pageSize": 50, "templates": [\#(shownTemplate)]}"#),
            after: { try await $0.planTemplates(template) }),
        SinchReplay(
            "GET templates by name", method: .get, "/whatsapp/templates/order", 200,
            .json(#"{"totalSize": 1, "pageSize": 50, "templates": [\#(shownTemplate)]}"#),
            after: { try await $0.planTemplates(template) }),
        SinchReplay(
            "GET template", method: .get, "/whatsapp/templates/order/languages/EN_US", 200, .json(shownTemplate),
            after: { try await $0.planTemplates(template) }),
        SinchReplay(
            "POST templates", method: .post, "/whatsapp/templates", #"{"name": "order", "language": "EN_US"}"#, 201,
            .json(#"{"name": "order", "language": "EN_US", "id": "7", "status": "PENDING"}"#),
            after: { try await $0.planTemplates(template) }),
        SinchReplay(
            "POST templates/sync", method: .post, "/whatsapp/templates/sync", 204, .empty,
            after: { try await $0.planTemplates(template) }),
        SinchReplay(
            "too_many_requests", method: .post, "/whatsapp/templates/sync", 429,
            .error("too_many_requests", "Too many requests."),
            after: { stage in
                try await stage.onboard()
                stage.fail(
                    "list_templates",
                    GraphError(
                        class: .wait, reach: .answered, operation: "list_templates", httpStatus: 400, code: 80_008,
                        message: "limit"))
            }),
        SinchReplay(
            "PATCH template", method: .patch, "/whatsapp/templates/order/languages/EN_US",
            #"{"category": "UTILITY"}"#, 200,
            .json(
                #"{"id": "7", "name": "order", "language": "EN_US", "status": "APPROVED", "category": "UTILITY"}"#),
            after: { try await $0.planTemplates(template) }),
        SinchReplay(
            "DELETE template", method: .delete, "/whatsapp/templates/order/languages/EN_US?deleteSubmitted=true", 204,
            .empty, after: { try await $0.planTemplates(template) }),
        SinchReplay(
            "DELETE templates by name", method: .delete, "/whatsapp/templates/order", 204, .empty,
            after: { try await $0.planTemplates(template) }),
    ]
}

extension SinchStage {
    fileprivate func planSolution(_ solution: String) async throws {
        try await world.services.partners.addSolution(
            SolutionID("987654321012345"), to: world.acme.partner, by: SinchAccess.creator)
        world.graph.answer("read_solution", with: .json(solution))
    }

    fileprivate func planTemplates(_ template: String) async throws {
        try await onboard()
        world.graph.answer("list_templates", with: .json(#"{"data": [\#(template)]}"#))
        world.graph.answer("write_template", with: .json(#"{"id": "7", "status": "PENDING"}"#))
        world.graph.answer("delete_template", with: .json(#"{"success": true}"#))
    }
}
