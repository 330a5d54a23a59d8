// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// What is done to phone numbers, each call at Meta and in the request. A client that hangs up cancels nothing.
struct PhoneNumberController: Sendable {
    /// 201 for a new number, 200 for one that the WABA had already.
    @Sendable func add(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let (body, _) = try await request.json(AddPhoneNumberBody.self, context)
        let addition = try body.addition()
        let added = try await uninterrupted {
            try await caller.services.phoneNumbers.add(addition, to: body.wabaID.value, by: caller.principal)
        }
        return Answer.one(added.number.wire, status: added.isNew ? .created : .ok)
    }

    @Sendable func requestCode(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(RequestCodeBody.self, context)
        let (method, language) = try body.validated()
        let outcome = try await uninterrupted {
            try await caller.services.phoneNumbers.requestCode(
                id, method: method, language: language, by: caller.principal)
        }
        return Answer.one(["id": .id(id), "outcome": .string(outcome == .sent ? "sent" : "already_verified")])
    }

    @Sendable func verifyCode(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(VerifyCodeBody.self, context)
        let code = try body.validated()
        let number = try await uninterrupted {
            try await caller.services.phoneNumbers.verifyCode(id, code: code, by: caller.principal)
        }
        return Answer.one(number.wire)
    }

    @Sendable func register(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(RegisterNumberBody.self, context)
        let (pin, region) = try body.validated()
        let number = try await uninterrupted {
            try await caller.services.phoneNumbers.register(
                id, pin: pin, region: region, evenIfConnected: false, by: caller.principal)
        }
        return Answer.one(number.wire)
    }

    @Sendable func changePIN(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(ChangePINBody.self, context)
        let pin = try FieldChecks.pin(body.pin, "pin")
        try await uninterrupted {
            try await caller.services.phoneNumbers.changePIN(id, to: pin, by: caller.principal)
        }
        return Answer.one(try await caller.services.phoneNumbers.find(id, for: caller.principal).wire)
    }

    @Sendable func deregister(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        _ = try await request.json(EmptyBody.self, context)
        let number = try await uninterrupted {
            try await caller.services.phoneNumbers.deregister(id, by: caller.principal)
        }
        return Answer.one(number.wire)
    }

    @Sendable func requestName(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(DisplayNameBody.self, context)
        let name = try FieldChecks.text(body.displayName, "display_name", max: 512)
        let number = try await uninterrupted {
            try await caller.services.phoneNumbers.requestName(name, for: id, by: caller.principal)
        }
        return Answer.one(number.wire, status: .accepted)
    }

    @Sendable func refresh(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        _ = try await request.json(EmptyBody.self, context)
        return Answer.one(try await caller.services.phoneNumbers.refresh(id, by: caller.principal).wire)
    }

    @Sendable func budgets(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let budgets = try await caller.services.phoneNumbers.budgets(of: try id(context), for: caller.principal)
        return Answer.whole(budgets, \.wire)
    }

    /// The one answer that shows a PIN; shown once.
    @Sendable func revealPIN(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        _ = try await request.json(EmptyBody.self, context)
        let pin = try await caller.services.phoneNumbers.revealPIN(of: id, by: caller.principal)
        return Answer.one(["id": .id(id), "pin": .string(pin.secret)])
    }

    @Sendable func allowPINReveal(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        _ = try await request.json(EmptyBody.self, context)
        try await caller.services.phoneNumbers.allowPINReveal(of: id, by: caller.principal)
        return Answer.one(["id": .id(id)])
    }

    @Sendable func profile(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        return Answer.one(try await caller.services.phoneNumbers.profile(of: id, for: caller.principal).wire(of: id))
    }

    @Sendable func updateProfile(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(ProfileBody.self, context)
        let draft = try body.draft()
        try await uninterrupted {
            try await caller.services.phoneNumbers.updateProfile(of: id, draft, by: caller.principal)
        }
        return Answer.one(try await caller.services.phoneNumbers.profile(of: id, for: caller.principal).wire(of: id))
    }

    private func id(_ context: GangwayContext) throws -> PhoneNumberID {
        try context.id(PhoneNumberID.init(validating:), orElse: .phoneNumberNotFound)
    }
}
