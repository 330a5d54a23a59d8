// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

/// Multi-Partner Solutions. Source: Sinch, tag "Solutions".
extension SinchAPI {
    func addSolutionRoutes(to door: RouterGroup<GangwayContext>) {
        add(.get, Routes.solutions, to: door) { call in
            let solutions = try await call.services.platform.solutions(call.scope)
            return call.answer(["solutions": .array(solutions.map(Self.json(_:)))])
        }
        add(.post, Routes.solutions, to: door, Self.createSolution(_:))
        add(.get, Routes.solution, to: door) { call in
            call.answer(Self.json(try await call.services.platform.solution(try call.solutionID(), call.scope)))
        }
        add(.post, Routes.solutionAssign, to: door) { call in
            try await call.services.platform.assign(try call.solutionID(), call.scope)
            return call.noContent
        }
    }

    @Sendable private static func createSolution(_ call: SinchCall) async throws -> Response {
        let body = try await call.body()
        let name = body.object("details", required: true)?.string("name", 2...75, required: true)
        let token = body.string("accessToken", 1...4096, required: true)
        _ = body.oneOf("businessManager", Vocabulary.signupManagers, required: true)
        try body.finish()
        guard let name, let token else { throw SinchError.invalidPayload }
        let (services, scope) = (call.services, call.scope)
        let (created, failed) = try await uninterrupted {
            try await services.platform.createSolution(name: name, token: BusinessToken(token), scope)
        }
        return call.answer(
            [
                "solutions": .array(created.map(json(_:))),
                "failedSolutions": .array(
                    failed.map { failure in
                        [
                            "partnerAppId": .string(failure.partnerAppID.rawValue), "errorCode": "CREATION_FAILED",
                            "errorMessage": .string(failure.message),
                        ]
                    }),
            ], .created)
    }

    private static func json(_ solution: ProjectPlatform.ShownSolution) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(solution.id.rawValue), "details": ["name": .string(solution.name)],
            "assigned": .bool(solution.isAssigned),
        ]
        members["ownerApp"] = solution.owner.map(json(_:))
        members["partnerApp"] = solution.partner.map(json(_:))
        return .object(members)
    }

    /// The id is a number there; one beyond 2^63 is no app's.
    private static func json(_ app: ProjectPlatform.SolutionApp) -> JSONValue {
        ["id": Int64(app.id.rawValue).map { .integer($0) } ?? .null, "name": .string(app.name)]
    }
}

extension SinchCall {
    fileprivate func solutionID() throws -> SolutionID {
        guard let id = context.parameters.get(Routes.solutionID).flatMap({ SolutionID(validating: $0) }) else {
            throw ProjectError.solutionNotFound
        }
        return id
    }
}
