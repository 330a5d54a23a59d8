// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// Comments on onboardings, WABAs and phone numbers.
struct CommentController: Sendable {
    let cursors: CursorCoder

    @Sendable func addToOnboarding(_ request: Request, context: GangwayContext) async throws -> Response {
        try await add(to: try Self.onboarding(context), request, context)
    }

    @Sendable func listOfOnboarding(_ request: Request, context: GangwayContext) async throws -> Response {
        try await list(on: try Self.onboarding(context), request, context)
    }

    @Sendable func addToWABA(_ request: Request, context: GangwayContext) async throws -> Response {
        try await add(to: try Self.waba(context), request, context)
    }

    @Sendable func listOfWABA(_ request: Request, context: GangwayContext) async throws -> Response {
        try await list(on: try Self.waba(context), request, context)
    }

    @Sendable func addToPhoneNumber(_ request: Request, context: GangwayContext) async throws -> Response {
        try await add(to: try Self.phoneNumber(context), request, context)
    }

    @Sendable func listOfPhoneNumber(_ request: Request, context: GangwayContext) async throws -> Response {
        try await list(on: try Self.phoneNumber(context), request, context)
    }

    private func add(
        to subject: Comments.Subject, _ request: Request, _ context: GangwayContext
    ) async throws -> Response {
        let caller = try context.requireCaller()
        let (body, _) = try await request.json(CommentBody.self, context)
        let comment = try await caller.services.comments.add(body.text, to: subject, by: caller.principal)
        return Answer.one(Self.wire(comment), status: .created)
    }

    private func list(
        on subject: Comments.Subject, _ request: Request, _ context: GangwayContext
    ) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: [], cursors: cursors)
        let page = try await caller.services.comments.list(on: subject, query.page, for: caller.principal)
        return Answer.list(page, query, Self.wire)
    }

    private static func onboarding(_ context: GangwayContext) throws -> Comments.Subject {
        .onboarding(try context.id(OnboardingID.init(validating:), orElse: .onboardingNotFound))
    }

    private static func waba(_ context: GangwayContext) throws -> Comments.Subject {
        .waba(try context.id(WABAID.init(validating:), orElse: .wabaNotFound))
    }

    private static func phoneNumber(_ context: GangwayContext) throws -> Comments.Subject {
        .phoneNumber(try context.id(PhoneNumberID.init(validating:), orElse: .phoneNumberNotFound))
    }

    private static func wire(_ comment: Activity) -> JSONValue {
        [
            "id": .id(comment.id),
            "partner_id": .id(comment.partnerID),
            "actor": .string(comment.actor),
            "text": .text(comment.detail),
            "at": .time(comment.at),
        ]
    }
}

/// `POST /…/{id}/comments`.
struct CommentBody: NativeBody {
    let text: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case text
    }

    static let fields = FieldNames(of: CodingKeys.self)
}
