// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KaleyraAPI
import Logging
import NIOCore
import SQLEngine
import Services
import Store
import TestSupport

/// A client of Kaleyra's, pointed at us over HTTP: an account of Acme's, one of Globex', a WABA with a number.
struct KaleyraScene: Sendable {
    struct Answer: Sendable {
        let status: Int
        let text: String

        var body: String { canonical(text) }
    }

    static let waba = WABAID("102290129340398")
    static let number = PhoneNumberID("106540352242922")
    static let digits = "+13236001237"

    let world: DoorWorld
    let account: ActivationAccounts.Created
    let foreign: ActivationAccounts.Created
    /// Where the door listens.
    let baseURL: String
    private let send: @Sendable (String, HTTPRequest.Method, HTTPFields, ByteBuffer?) async throws -> TestResponse

    static func run<T: Sendable>(_ body: @Sendable @escaping (KaleyraScene) async throws -> T) async throws -> T {
        try await DoorWorld.run { world in
            let account = try await world.account(of: world.acme)
            let foreign = try await world.account(of: world.globex)
            let router = Router(context: GangwayContext.self)
            KaleyraAPI(worlds: world.worlds).addRoutes(to: router)
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            return try await Application(
                router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                logger: logger
            ).test(.live) { client in
                try await body(
                    KaleyraScene(
                        world: world, account: account, foreign: foreign,
                        baseURL: "http://127.0.0.1:\(client.port ?? 0)"
                    ) { path, method, headers, buffer in
                        try await client.witnessed(uri: path, method: method, headers: headers, body: buffer)
                    })
            }
        }
    }

    private init(
        world: DoorWorld, account: ActivationAccounts.Created, foreign: ActivationAccounts.Created, baseURL: String,
        send: @escaping @Sendable (String, HTTPRequest.Method, HTTPFields, ByteBuffer?) async throws -> TestResponse
    ) {
        self.world = world
        self.account = account
        self.foreign = foreign
        self.baseURL = baseURL
        self.send = send
    }

    var sid: String { account.account.sid.rawValue }
    var key: String { account.secret.secret }
    var activationPath: String { "/v1/\(sid)/whatsapp/activation" }

    func call(
        _ method: HTTPRequest.Method, _ path: String, key: String?, type: String? = nil, _ body: [UInt8]? = nil
    ) async throws -> Answer {
        var headers = HTTPFields()
        if let key, let name = HTTPField.Name("api-key") { headers[name] = key }
        if let type { headers[.contentType] = type }
        let response = try await send(path, method, headers, body.map { ByteBuffer(bytes: $0) })
        return Answer(status: Int(response.status.code), text: String(buffer: response.body))
    }

    func json(_ method: HTTPRequest.Method, _ path: String, _ body: String) async throws -> Answer {
        try await call(method, path, key: key, type: "application/json", Array(body.utf8))
    }

    func submit(_ form: KaleyraForm = KaleyraForm()) async throws -> Answer {
        try await call(.post, activationPath, key: key, type: form.contentType, form.bytes)
    }

    /// Names and pieces of the certificates that are stored.
    func certificates() async throws -> [String] {
        try await world.store.read { tx in
            try tx.sql.query("SELECT certificate, position FROM certificate_chunk ORDER BY certificate, position", [])
                .map {
                    "\(try $0.text("certificate"))/\(try $0.int("position"))"
                }
        }
    }

    /// What a refusal must leave as it was: rows, activities, certificates and their keys.
    func stored() async throws -> [String] {
        let all = Principal(role: .operator, partnerID: nil, actor: "test")
        let requests = try await world.services.activations.list(PageRequest(limit: 100), for: all).items
        let keys = try await world.store.read { tx in
            try tx.sql.query("SELECT owner_id FROM sealed_secret WHERE owner_table = 'certificate'", []).count
        }
        return try await requests.map(\.activation.id.rawValue).sorted() + certificates()
            + ["\(keys) keys", "\(try await world.activityCount()) activities"]
    }

    /// Acme owns a WABA with one connected number, and Meta knows both.
    func giveNumber() async throws {
        let seeded = world.acme.seeded
        try await world.store.seedWABA(Self.waba, of: seeded)
        try await world.store.seedPhoneNumber(Self.number, printed: "+1 323-600-1237", on: Self.waba, of: seeded)
        try await world.store.write { tx in
            try tx.secrets.put(BusinessToken("business-token-canary"), as: .businessToken, of: .waba(Self.waba))
        }
        let shown = """
            {"id": "\(Self.number)", "verified_name": "Test", "display_phone_number": "+1 323-600-1237", \
            "status": "CONNECTED", "quality_rating": "GREEN", "name_status": "APPROVED", "platform_type": "CLOUD_API", \
            "code_verification_status": "NOT_VERIFIED", "throughput": {"level": "STANDARD"}, \
            "whatsapp_business_manager_messaging_limit": "TIER_250", "health_status": {"can_send_message": "LIMITED", \
            "entities": [{"entity_type": "WABA", "id": "\(Self.waba)", "can_send_message": "LIMITED", "errors": [\
            {"error_code": 141010, "error_description": "Not verified", "possible_solution": "Verify the business"}]}]}}
            """
        world.graph.answer("list_phone_numbers", with: .json(#"{"data": [\#(shown)]}"#))
        world.graph.answer("read_phone_number", with: .json(shown))
        for operation in ["request_code", "verify_code", "register", "update_profile"] {
            world.graph.answer(operation, with: .json(#"{"success": true}"#))
        }
    }
}

extension DoorWorld {
    func account(of tenant: Tenant, isVerified: Bool = true) async throws -> ActivationAccounts.Created {
        try await services.activationAccounts.create(
            for: tenant.partner, customer: nil, isVerified: isVerified,
            by: Principal(role: .operator, partnerID: nil, actor: "test"))
    }
}
