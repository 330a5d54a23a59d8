// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

extension SinchAPI {
    func addSenderRoutes(to door: RouterGroup<GangwayContext>) {
        add(.get, Routes.senders, to: door, Self.listSenders(_:))
        add(.post, Routes.senders, to: door, Self.createSender(_:))
        add(.get, Routes.sender, to: door) { call in
            call.answer(Self.json(try await call.services.senders.find(try call.senderID(), call.scope)))
        }
        add(.patch, Routes.sender, to: door, Self.updateSender(_:))
        add(.delete, Routes.sender, to: door) { call in
            try await call.services.senders.delete(try call.senderID(), call.scope)
            return call.noContent
        }
        add(.get, Routes.senderActivities, to: door) { call in
            let activities = try await call.services.senders.activities(of: try call.senderID(), call.scope)
            let page = try SinchPage(activities, of: call) { PageKey(at: $0.at, id: $0.id.rawValue) }
            return call.answer(page.answer("notifications") { ActivityDTO($0).json })
        }
        add(.delete, Routes.senderChanges, to: door) { call in
            try await call.services.senders.deleteChanges(of: try call.senderID(), call.scope)
            return call.noContent
        }
        add(.post, Routes.senderComments, to: door) { call in
            let id = try call.senderID()
            let text = try CommentBody.read(try await call.body())
            let at = try await call.services.senders.comment(text, on: id, call.scope)
            return call.answer(CommentBody.answer(text, at), .created)
        }
        add(.post, Routes.senderRegister, to: door, Self.registerSender(_:))
        add(.post, Routes.senderVerify, to: door, Self.verifySender(_:))
    }

    private static func json(_ shown: Senders.Shown) -> JSONValue { SenderDTO(shown.snapshot, at: shown.at).json }

    @Sendable private static func listSenders(_ call: SinchCall) async throws -> Response {
        let states = call.filter("filterStates")
        let statuses = call.filter("filterStatuses")
        guard states.allSatisfy(Vocabulary.senderStates.contains) else { throw SinchError.invalidFilterStates }
        guard statuses.allSatisfy(Vocabulary.changeStatuses.contains) else { throw SinchError.invalidFilterStatuses }
        let senders = try await call.services.senders.list(call.scope).filter { shown in
            let status = shown.status
            // What shows no state yet is in progress.
            let state = (status.state ?? .inProgress).filterName
            let change = status.change?.wire
            return (states.isEmpty || states.contains(state))
                && (statuses.isEmpty || change.map { statuses.contains($0) } ?? false)
        }
        let page = try SinchPage(senders, of: call) {
            PageKey(at: $0.snapshot.sender.createdAt, id: $0.id.rawValue)
        }
        return call.answer(page.answer("senders", json(_:)))
    }

    @Sendable private static func createSender(_ call: SinchCall) async throws -> Response {
        let body = try SenderBody.read(try await call.body())
        let (services, scope) = (call.services, call.scope)
        // What was begun at Meta is finished and written even if the client hangs up.
        let shown = try await uninterrupted {
            switch body {
            case .signup(let draft): try await services.senders.signUp(draft, scope)
            case .number(let draft): try await services.senders.create(draft, scope)
            }
        }
        return call.answer(json(shown), .created)
    }

    /// `status` is `DRAFT` unless it says otherwise: here, not where a sender is created.
    @Sendable private static func updateSender(_ call: SinchCall) async throws -> Response {
        let id = try call.senderID()
        let body = try await call.body()
        let submits = body.oneOf("status", ["DRAFT", "SUBMIT"]) == "SUBMIT"
        let fields = body.object("details").map { ProfileFields.read($0, required: false, nullable: true) } ?? [:]
        try body.finish()
        let (services, scope) = (call.services, call.scope)
        let shown = try await uninterrupted {
            try await services.senders.update(id, SenderChanges(fields), submits: submits, scope)
        }
        return call.answer(json(shown))
    }

    @Sendable private static func registerSender(_ call: SinchCall) async throws -> Response {
        let id = try call.senderID()
        let body = try await call.body()
        let method = body.oneOf("method", ["SMS", "VOICE"], required: true)
        try body.finish()
        guard let method else { throw SinchError.invalidPayload }
        let (services, scope) = (call.services, call.scope)
        let (isSent, at) = try await uninterrupted {
            try await services.senders.requestCode(for: id, byVoice: method == "VOICE", scope)
        }
        return call.answer([
            "id": .string(id.rawValue), "method": .string(method), "accepted": .string(at.description),
            "verificationCodeSent": .bool(isSent),
        ])
    }

    @Sendable private static func verifySender(_ call: SinchCall) async throws -> Response {
        let id = try call.senderID()
        let body = try await call.body()
        let code = body.string("code", 6...6)
        try body.finish()
        let (services, scope) = (call.services, call.scope)
        try await uninterrupted {
            try await services.senders.verify(id, code: code.map { OtherSecret($0) }, scope)
        }
        return call.noContent
    }
}

extension SinchCall {
    /// A filter's words: repeated, or with `[]` at the name, or with commas between.
    func filter(_ name: String) -> [String] {
        request.uri.queryParameters.filter { $0.key == name[...] || $0.key == "\(name)[]"[...] }
            .flatMap { $0.value.split(separator: ",").map(String.init) }
    }
}
