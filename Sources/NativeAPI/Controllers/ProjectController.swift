// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// Projects of a partner with their access keys, for Sinch's dialect; and what the operator allows beyond the ordinary.
struct ProjectController: Sendable {
    let cursors: CursorCoder

    @Sendable func create(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let partner = try partner(context)
        let (body, _) = try await request.json(CreateProjectBody.self, context)
        var customer: CustomerID?
        if let text = body.customerID {
            guard let id = CustomerID(validating: text) else { throw ServiceError.customerNotFound }
            customer = id
        }
        let project = try await caller.services.projects.projects.create(
            name: try FieldChecks.text(body.name, "name", max: 200), for: partner, customer: customer,
            by: caller.principal)
        return Answer.one(project.wire, status: .created)
    }

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let partner = try partner(context)
        let query = try ListQuery(request, context: context, filters: [], cursors: cursors)
        let page = try await caller.services.projects.projects.list(of: partner, query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    @Sendable func remove(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let partner = try partner(context)
        guard let id = context.parameters.get("project_id").flatMap({ ProjectID(validating: $0) }) else {
            throw ServiceError.customerNotFound
        }
        try await caller.services.projects.projects.remove(id, of: partner, by: caller.principal)
        return Response(status: .noContent)
    }

    @Sendable func mintKey(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let partner = try partner(context)
        let (body, _) = try await request.json(MintAccessKeyBody.self, context)
        var project: ProjectID?
        if let text = body.projectID {
            guard let id = ProjectID(validating: text) else {
                throw ServiceError.invalid(field: "project_id", message: "is not a project of this partner")
            }
            project = id
        }
        let minted = try await caller.services.projects.projects.mintKey(
            for: partner, project: project, by: caller.principal)
        return Answer.one(minted.key.wire(secret: minted.secret), status: .created)
    }

    @Sendable func listKeys(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let keys = try await caller.services.projects.projects.keys(of: try partner(context), for: caller.principal)
        return Answer.whole(keys) { $0.wire(secret: nil) }
    }

    @Sendable func revokeKey(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let partner = try partner(context)
        guard let id = context.parameters.get("key_id").flatMap({ AccessKeyID(validating: $0) }) else {
            throw ServiceError.keyNotFound
        }
        try await caller.services.projects.projects.revokeKey(id, of: partner, by: caller.principal)
        return Response(status: .noContent)
    }

    @Sendable func allowTokens(_ request: Request, context: GangwayContext) async throws -> Response {
        try await setTokens(isGiven: true, context)
    }

    @Sendable func forbidTokens(_ request: Request, context: GangwayContext) async throws -> Response {
        try await setTokens(isGiven: false, context)
    }

    private func setTokens(isGiven: Bool, _ context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        try await caller.services.projects.projects.setGrant(
            .longLivedTokens, isGiven: isGiven, to: try partner(context), by: caller.principal)
        return Response(status: .noContent)
    }

    /// Access tokens that are out stay good until they are over.
    @Sendable func rotateTokenKey(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        try await caller.services.projects.projects.rotateTokenKey(by: caller.principal)
        return Response(status: .noContent)
    }

    private func partner(_ context: GangwayContext) throws -> PartnerID {
        try context.id(PartnerID.init(validating:), orElse: .partnerNotFound)
    }
}

/// `POST /partners/{id}/projects`.
struct CreateProjectBody: NativeBody {
    let name: String
    let customerID: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name
        case customerID = "customer_id"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

/// `POST /partners/{id}/access_keys`.
struct MintAccessKeyBody: NativeBody {
    let projectID: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case projectID = "project_id"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

extension Project {
    var wire: JSONValue {
        [
            "id": .id(id), "partner_id": .id(partnerID), "customer_id": .id(customerID), "name": .string(name),
            "solution_id": .id(solutionID), "created_at": .time(createdAt), "removed_at": .time(removedAt),
        ]
    }
}

extension AccessKey {
    /// With the secret when it is minted, and never again.
    func wire(secret: OtherSecret?) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .id(id), "partner_id": .id(partnerID), "project_id": .id(projectID), "created_at": .time(createdAt),
            "revoked_at": .time(revokedAt),
        ]
        if let secret { members["secret"] = .string(secret.secret) }
        return .object(members)
    }
}
