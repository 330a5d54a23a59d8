// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KaleyraAPI
import Logging
import MetaWebhooks
import NIOCore
import NativeAPI
import OpenAPI
import Services
import SinchAPI
import SplashifyAPI
import TestSupport
import Testing

/// Every operation of every door × every kind of credential × own and foreign objects, generated from the document that
/// tests compare with the router: a new operation is walked by itself, and one that names a new kind of object fails here
/// until the matrix knows such an object. Source: OWASP API Security Top 10 2023, 1 and 5.
@Suite(.serialized, .timeLimit(.minutes(10))) struct AuthorisationMatrixTests {
    static let operations = [NativeAPI.chapter, SplashifyAPI.chapter, KaleyraAPI.chapter, SinchAPI.chapter]
        .flatMap(\.operations).filter { !$0.security.isEmpty }

    /// One world for all of them: what is refused changes nothing.
    @Test func `who may not is refused, and nothing happens`() async throws {
        try await Stage.run { stage in
            let before = try await stage.world.activityCount()
            let calls = stage.world.graph.calls.count
            for operation in Self.operations {
                for credential in Credential.allCases {
                    for owner in [Owner.acme, .globex] {
                        guard let expected = credential.refusal(of: operation, on: owner) else { continue }
                        let answer = try await stage.ask(operation, as: credential, on: owner)
                        #expect(
                            expected.contains(answer.status),
                            "\(operation.name), \(credential) on \(owner)'s: \(answer.status) \(answer.text)")
                    }
                }
            }
            #expect(try await stage.world.activityCount() == before)
            #expect(stage.world.graph.calls.count == calls, "Meta was asked: \(stage.world.graph.calls)")
        }
    }

    @Test func `who may is let in to read`() async throws {
        try await Stage.run { stage in
            for operation in Self.operations where operation.method == .get { try await letIn(operation, stage) }
        }
    }

    @Test(arguments: operations.filter { $0.method != .get })
    func `who may is let in to change`(operation: OpenAPI.Operation) async throws {
        try await Stage.run { try await letIn(operation, $0) }
    }

    private func letIn(_ operation: OpenAPI.Operation, _ stage: Stage) async throws {
        for credential in Credential.allCases {
            let owner: Owner = credential == .operator ? .globex : .acme
            guard credential.opens(operation), credential.isOfTenant(owner) || credential == .operator else { continue }
            let answer = try await stage.ask(operation, as: credential, on: owner)
            let isLetIn = ![401, 403, 404, 405].contains(answer.status)
            #expect(
                isLetIn || stage.isAnswerOfOwn(answer, operation),
                "\(operation.name), \(credential): \(answer.status) \(answer.text)")
        }
    }
}

extension AuthorisationMatrixTests {
    enum Owner { case acme, globex }

    /// Kinds of credentials; `foreign…` are Globex'.
    enum Credential: CaseIterable {
        case none, `operator`, partner, foreignPartner, liveWorld, liveOperator, accessKey, foreignAccessKey, kaleyra
        case foreignKaleyra, revoked

        var schemes: Set<String> {
            switch self {
            case .none, .liveWorld, .liveOperator, .revoked: []
            case .operator: ["operatorKey"]
            case .partner, .foreignPartner: ["partnerKey", "splashifyKey"]
            case .accessKey, .foreignAccessKey: ["sinchBasic"]
            case .kaleyra, .foreignKaleyra: ["kaleyraKey"]
            }
        }

        func opens(_ operation: OpenAPI.Operation) -> Bool { !schemes.isDisjoint(with: operation.security) }

        func isOfTenant(_ owner: Owner) -> Bool {
            switch self {
            case .partner, .accessKey, .kaleyra: owner == .acme
            case .foreignPartner, .foreignAccessKey, .foreignKaleyra: owner == .globex
            case .none, .operator, .liveWorld, .liveOperator, .revoked: false
            }
        }

        /// The statuses that may answer; nil where the operation is open to this credential.
        func refusal(of operation: OpenAPI.Operation, on owner: Owner) -> Set<Int>? {
            let isNative = operation.security.contains { $0 == "operatorKey" || $0 == "partnerKey" }
            guard opens(operation) else {
                let isOtherRole = isNative && [.operator, .partner, .foreignPartner].contains(self)
                return isOtherRole ? [403] : [401]
            }
            if self == .operator || isOfTenant(owner) { return nil }
            if operation.security.contains("splashifyKey") {
                // Splashify tells another's id (403) from nobody's; a customer is just not found.
                return operation.path.contains("{") ? [403, 404] : nil
            }
            if isNative { return operation.path.contains("{") ? [404] : nil }
            // The tenant stands in the path: a SID, a project.
            return [401]
        }
    }
}

extension AuthorisationMatrixTests {
    /// All doors on one router, and one of everything for both tenants.
    struct Stage: Sendable {
        struct Answer: Sendable {
            let status: Int
            let text: String
        }

        struct Holding: Sendable {
            let estate: Estate
            let access: SinchAccess
            let kaleyra: ActivationAccounts.Created
            let accessKeyToRevoke: AccessKeyID
        }

        let world: DoorWorld
        let acme: Holding
        let globex: Holding
        let revoked: String
        private let send: @Sendable (String, HTTPRequest.Method, HTTPFields, ByteBuffer?) async throws -> TestResponse

        static func run(_ body: @Sendable (Stage) async throws -> Void) async throws {
            try await DoorWorld.run { world in
                let estates = try await world.estates()
                let acme = try await holding(world, world.acme, estates.acme)
                let globex = try await holding(world, world.globex, estates.globex)
                let minted = try await world.services.apiKeys.mint(for: world.acme.partner, by: "test")
                try await world.services.apiKeys.revoke(minted.key.id, by: SinchAccess.creator)
                let router = Router(context: GangwayContext.self)
                router.add(middleware: RequestRecorder())
                NativeAPI(worlds: world.worlds, cursors: CursorCoder()).addRoutes(to: router)
                SplashifyAPI(worlds: world.worlds).addRoutes(to: router)
                KaleyraAPI(worlds: world.worlds).addRoutes(to: router)
                SinchAPI(worlds: world.worlds, cursors: CursorCoder()).addRoutes(to: router)
                var logger = Logger(label: "test")
                logger.logLevel = .critical
                try await Application(router: router, logger: logger).test(.router) { client in
                    try await body(
                        Stage(world: world, acme: acme, globex: globex, revoked: minted.secret.secret) {
                            try await client.witnessed(uri: $0, method: $1, headers: $2, body: $3)
                        })
                }
            }
        }

        private static func holding(
            _ world: DoorWorld, _ tenant: DoorWorld.Tenant, _ estate: Estate
        ) async throws -> Holding {
            let access = try await SinchAccess.make(world, for: tenant)
            let spare = try await world.services.projects.projects.mintKey(
                for: tenant.partner, project: access.project.id, by: SinchAccess.creator)
            return Holding(
                estate: estate, access: access, kaleyra: try await world.account(of: tenant),
                accessKeyToRevoke: spare.key.id)
        }

        func ask(
            _ operation: OpenAPI.Operation, as credential: Credential, on owner: Owner
        ) async throws -> Answer {
            var headers: HTTPFields = [.contentType: "application/json"]
            let (name, value) = header(credential)
            if let name = HTTPField.Name(name) { headers[name] = value }
            let method = HTTPRequest.Method(rawValue: operation.method.rawValue.uppercased()) ?? .get
            let customer = (owner == .acme ? acme : globex).estate.tenant.customer.rawValue
            let body =
                operation.body == nil
                ? nil
                : (NativeRoute.goodBody(for: operation.name) ?? "{}")
                    .replacing("00000000-0000-7000-8000-000000000000", with: customer)
            let response = try await send(
                try path(operation, of: owner == .acme ? acme : globex), method, headers,
                body.map { ByteBuffer(string: $0) })
            return Answer(status: response.status.code, text: String(buffer: response.body))
        }

        private func header(_ credential: Credential) -> (String, String?) {
            switch credential {
            case .none: ("authorization", nil)
            case .operator: ("authorization", "Bearer \(world.operatorKey)")
            case .partner: ("authorization", "Bearer \(world.acme.key)")
            case .foreignPartner: ("authorization", "Bearer \(world.globex.key)")
            case .liveWorld: ("authorization", "Bearer " + world.acme.key.replacing("_test_", with: "_live_"))
            case .liveOperator: ("authorization", "Bearer " + world.operatorKey.replacing("_test_", with: "_live_"))
            case .revoked: ("authorization", "Bearer \(revoked)")
            case .accessKey: ("authorization", acme.access.basic)
            case .foreignAccessKey: ("authorization", globex.access.basic)
            case .kaleyra: ("api-key", acme.kaleyra.secret.secret)
            case .foreignKaleyra: ("api-key", globex.kaleyra.secret.secret)
            }
        }

        private func path(_ operation: OpenAPI.Operation, of holding: Holding) throws -> String {
            let estate = holding.estate
            return try operation.allParameters.filter { $0.place == .path }.reduce(operation.path) { path, parameter in
                let value: String =
                    switch parameter.name {
                    case "id" where path.hasPrefix("/api/v25.0/"):
                        path.hasSuffix("/register") ? estate.number.rawValue : estate.waba.rawValue
                    case "id" where path.hasPrefix("/api/v1/"):
                        try estate.id(for: String(path.dropFirst("/api/v1/".count)))
                    case "id": path.hasSuffix("_details") ? "13236001237" : estate.waba.rawValue
                    case "project_id", "projectId": holding.access.project.id.rawValue
                    case "key_id": holding.accessKeyToRevoke.rawValue
                    case "customer_id": estate.tenant.customer.rawValue
                    case "sid": holding.kaleyra.account.sid.rawValue
                    case "template_id", "senderId", "webhookId", "solutionId", "templateName", "languageCode": "1"
                    default: try #require(nil, "the matrix knows no object for {\(parameter.name)}")
                    }
                return path.replacing("{\(parameter.name)}", with: value)
            }
        }

        /// Let in, and told that something inside is not there or not to be had.
        func isAnswerOfOwn(_ answer: Answer, _ operation: OpenAPI.Operation) -> Bool {
            let inner = ["{template_id}", "{senderId}", "{solutionId}", "{templateName}", "{id}/compare"]
            if answer.status == 404, inner.contains(where: { operation.path.contains($0) }) { return true }
            if answer.status == 403, answer.text.contains("live_clock") { return true }
            // Of a door where the account, or the newest request, may be missing.
            return answer.status == 404
                && (operation.path.hasPrefix("/v1/projects/") && answer.text.contains("account_not_found")
                    || operation.path.hasPrefix("/v1/{sid}") && !answer.text.contains("RBC001"))
        }
    }
}

extension OpenAPI.Operation: CustomTestStringConvertible {
    public var testDescription: String { name }
}
