// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import NIOCore
import Services

/// Activation requests: partners see their own, the operator decides.
struct ActivationController: Sendable {
    let cursors: CursorCoder

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: ["state", "sid"], cursors: cursors)
        let page = try await caller.services.activations.list(
            state: try query.value("state", as: ActivationState.self),
            sid: try query.id("sid", AccountSID.init(validating:)), query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    @Sendable func find(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.one(try await caller.services.activations.find(try id(context), for: caller.principal).wire)
    }

    @Sendable func approve(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        _ = try await request.json(EmptyBody.self, context)
        let approved = try await uninterrupted {
            try await caller.services.activations.approve(id, by: caller.principal)
        }
        return Answer.one(approved.wire)
    }

    @Sendable func reject(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(RejectActivationBody.self, context)
        let reason = try FieldChecks.text(body.reason, "reason", max: 1000)
        let rejected = try await uninterrupted {
            try await caller.services.activations.reject(id, reason: reason, by: caller.principal)
        }
        return Answer.one(rejected.wire)
    }

    /// The file as it came. Never shown inside a page: what a stranger sent in is only saved.
    @Sendable func certificate(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (certificate, bytes) = try await caller.services.activations.certificate(of: id, by: caller.principal)
        var headers: HTTPFields = [.contentType: certificate.type.mediaType]
        headers[.contentDisposition] = #"attachment; filename="\#(id).\#(certificate.type.rawValue)""#
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func id(_ context: GangwayContext) throws -> ActivationID {
        try context.id(ActivationID.init(validating:), orElse: .activationNotFound)
    }
}

/// Kaleyra accounts: the operator makes them, partners see their own.
struct KaleyraAccountController: Sendable {
    @Sendable func create(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let partner = try context.id(PartnerID.init(validating:), orElse: .partnerNotFound)
        let (body, _) = try await request.json(CreateKaleyraAccountBody.self, context)
        let created = try await caller.services.activationAccounts.create(
            for: partner, customer: try FieldChecks.customer(body.customerID, "customer_id"),
            isVerified: !(body.isTrial ?? false), by: caller.principal)
        return Answer.one(created.account.wire(secret: created.secret), status: .created)
    }

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.whole(try await caller.services.activationAccounts.list(for: caller.principal), \.wire)
    }

    @Sendable func activate(_ request: Request, context: GangwayContext) async throws -> Response {
        try await setVerified(true, request, context)
    }

    @Sendable func putOnTrial(_ request: Request, context: GangwayContext) async throws -> Response {
        try await setVerified(false, request, context)
    }

    private func setVerified(_ isVerified: Bool, _ request: Request, _ context: GangwayContext) async throws -> Response
    {
        let caller = try context.requireCaller()
        let sid = try sid(context)
        _ = try await request.json(EmptyBody.self, context)
        let account = try await caller.services.activationAccounts.setVerified(isVerified, sid, by: caller.principal)
        return Answer.one(account.wire)
    }

    @Sendable func rotateKey(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let sid = try sid(context)
        _ = try await request.json(EmptyBody.self, context)
        let created = try await caller.services.activationAccounts.rotateKey(of: sid, by: caller.principal)
        return Answer.one(created.account.wire(secret: created.secret), status: .created)
    }

    private func sid(_ context: GangwayContext) throws -> AccountSID {
        try context.id(AccountSID.init(validating:), orElse: .activationNotFound)
    }
}
