// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import SQLEngine
import Services
import Store
import TestSupport
import Testing
import WebhookSignatures

@testable import MetaWebhooks

/// Source: Meta, webhooks/create-webhook-endpoint; reliability, section 3.
@Suite(.timeLimit(.minutes(5)))
struct MetaWebhooksTests {
    private static let compact = #"{"object":"whatsapp_business_account","entry":[]}"#

    private struct Door: Sendable {
        let world: DoorWorld
        let client: any TestClientProtocol

        var path: String { "/webhooks/meta/\(world.acme.seeded.app)" }

        func post(_ body: String, signature: String?, to path: String? = nil) async throws -> TestResponse {
            var headers: HTTPFields = [.contentType: "application/json"]
            headers[.hubSignature256] = signature
            return try await client.execute(
                uri: path ?? self.path, method: .post, headers: headers, body: ByteBuffer(string: body))
        }

        func stored() async throws -> [ClaimedNotification] {
            var all: [ClaimedNotification] = []
            for lane in NotificationLane.allCases {
                all += try await world.store.claimNotifications(
                    lane: lane, limit: 100, node: NodeID("node_1"), lease: .seconds(30))
            }
            return all
        }

        func put(_ secret: String, as name: SecretTable.Name) async throws {
            let app = world.acme.seeded.app
            try await world.store.write { try $0.secrets.put(AppSecret(secret), as: name, of: .app(app)) }
        }
    }

    /// The app's secret is that of Meta's vectors, its verify token that of Meta's handshake.
    private func withDoor(
        limits: MetaWebhooks.Limits = MetaWebhooks.Limits(), _ body: @Sendable @escaping (Door) async throws -> Void
    ) async throws {
        try await DoorWorld.run { world in
            let app = world.acme.seeded.app
            try await world.store.write { tx in
                try tx.secrets.put(AppSecret("test_app_secret"), as: .appSecret, of: .app(app))
                try tx.secrets.put(OtherSecret("meatyhamhock"), as: .verifyToken, of: .app(app))
            }
            var limits = limits
            // A busy machine's disk is not what these tests judge.
            limits.patience = .seconds(50)
            let router = Router(context: GangwayContext.self)
            MetaWebhooks(worlds: world.worlds, limits: limits).addRoutes(to: router)
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            try await Application(router: router, logger: logger).test(.router) { client in
                try await body(Door(world: world, client: client))
            }
        }
    }

    // MARK: Handshake

    /// Source: the two cases of Meta's callback handshake, and what else may come.
    @Test(arguments: [
        ("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock", 200, "1158201444"),
        ("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=wrong", 403, ""),
        ("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhocK", 403, ""),
        ("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=", 403, ""),
        ("hub.mode=subscribe&hub.challenge=1158201444", 403, ""),
        ("hub.mode=unsubscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock", 403, ""),
        ("hub.mode=subscribe&hub.verify_token=meatyhamhock", 403, ""),
        ("", 403, ""),
    ])
    func theHandshakeIsAnsweredToWhoKnowsTheToken(_ query: String, _ status: Int, _ body: String) async throws {
        try await withDoor { door in
            let answer = try await door.client.execute(uri: "\(door.path)?\(query)", method: .get)
            #expect(answer.status.code == status)
            #expect(String(buffer: answer.body) == body)
            if status == 200 { #expect(answer.headers[.contentType] == "text/plain") }
        }
    }

    @Test(arguments: ["/webhooks/meta/999", "/webhooks/meta/nonsense"])
    func anUnknownAppLooksLikeAWrongToken(_ path: String) async throws {
        try await withDoor { door in
            let query = "hub.mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhock"
            let answer = try await door.client.execute(uri: "\(path)?\(query)", method: .get)
            #expect(answer.status == .forbidden)
            let signature = MetaSignature.header(body: Array(Self.compact.utf8), secret: "test_app_secret")
            #expect(try await door.post(Self.compact, signature: signature, to: path).status == .unauthorized)
        }
    }

    @Test func anAppWithoutATokenGreetsNobody() async throws {
        try await withDoor { door in
            let app = door.world.acme.seeded.app
            try await door.world.store.write { try $0.secrets.remove(.verifyToken, of: .app(app)) }
            let query = "hub.mode=subscribe&hub.challenge=1&hub.verify_token="
            #expect(try await door.client.execute(uri: "\(door.path)?\(query)", method: .get).status == .forbidden)
        }
    }

    // MARK: Signatures

    /// Source: HMAC-SHA256 vectors for app secret `test_app_secret`; `raw_body` is the exact byte string.
    @Test(arguments: [
        (compact, "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"),
        (
            #"{"object": "whatsapp_business_account", "entry": []}"#,
            "sha256=56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a"
        ),
        (
            #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"t":"caf\u00e9 \/"}}]}]}"#,
            "sha256=c0a35aac5f55ffa7943a4c746796b94040652a349fe595b2c5a04ae38370a22d"
        ),
        ("", "sha256=517bc4c7d1d8d400868e0ad6f64b77098b818a2f2595004253a1922302a602c0"),
    ])
    func signedBytesAreStoredAsTheyCame(_ body: String, _ signature: String) async throws {
        try await withDoor { door in
            let answer = try await door.post(body, signature: signature)
            #expect(answer.status == .ok)
            #expect(answer.body.readableBytes == 0)
            let stored = try await door.stored()
            #expect(stored.map(\.body) == [Array(body.utf8)])
            #expect(stored.map(\.appID) == [door.world.acme.seeded.app])
        }
    }

    @Test(arguments: [
        // The vector of another secret; another body's signature; other spellings; none.
        "sha256=d1c00e8628268680b540b7a4595639eb2186173ad5ea7f2c7f72c24ccd1333cc",
        "sha256=56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a",
        "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
        "sha1=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
        "sha256=dec6", "sha256=", "", nil,
    ])
    func aForgeryIsRefusedAndNotStored(_ signature: String?) async throws {
        try await withDoor { door in
            let answer = try await door.post(Self.compact, signature: signature)
            #expect(answer.status == .unauthorized)
            #expect(answer.body.readableBytes == 0)
            #expect(try await door.stored().isEmpty)
        }
    }

    @Test func bothSecretsCountWhileOneIsRotated() async throws {
        try await withDoor { door in
            try await door.put("test_app_secret", as: .previousAppSecret)
            try await door.put("other_secret", as: .appSecret)
            let body = Array(Self.compact.utf8)
            for secret in ["test_app_secret", "other_secret"] {
                let answer = try await door.post(
                    Self.compact, signature: MetaSignature.header(body: body, secret: secret))
                #expect(answer.status == .ok)
            }
            let third = MetaSignature.header(body: body, secret: "third_secret")
            #expect(try await door.post(Self.compact, signature: third).status == .unauthorized)
            #expect(try await door.stored().count == 2)
        }
    }

    @Test func anotherAppsSecretIsNoneOfThisOne() async throws {
        try await withDoor { door in
            let other = AppID("700000000000001")
            try await door.world.store.write { tx in
                try tx.apps.upsert(
                    MetaApp(
                        id: other, kind: .techProvider, businessID: BusinessID("1"), systemUserID: nil,
                        creditLineID: nil,
                        configID: nil))
                try tx.secrets.put(AppSecret("other_secret"), as: .appSecret, of: .app(other))
            }
            let signature = MetaSignature.header(body: Array(Self.compact.utf8), secret: "other_secret")
            #expect(try await door.post(Self.compact, signature: signature).status == .unauthorized)
            #expect(
                try await door.post(Self.compact, signature: signature, to: "/webhooks/meta/\(other)").status == .ok)
            #expect(try await door.stored().map(\.appID) == [other])
        }
    }

    // MARK: Lanes

    @Test(arguments: [
        (#"{"entry":[{"changes":[{"field":"messages","value":{}}]}]}"#, NotificationLane.messages),
        (#"{"entry":[{"changes":[{"field":"account_update","value":{"event":"PARTNER_ADDED"}}]}]}"#, .account),
        // Signed, but no JSON: stored all the same, or Meta would repeat it for days.
        ("nonsense", .account),
    ])
    func theLaneIsStoredWithTheBytes(_ body: String, _ lane: NotificationLane) async throws {
        try await withDoor { door in
            let signature = MetaSignature.header(body: Array(body.utf8), secret: "test_app_secret")
            #expect(try await door.post(body, signature: signature).status == .ok)
            let found = try await door.world.store.claimNotifications(
                lane: lane, limit: 10, node: NodeID("node_1"), lease: .seconds(30))
            #expect(found.map(\.body) == [Array(body.utf8)])
        }
    }

    // MARK: Limits

    @Test(arguments: [(0, 200), (1, 413), (1024 * 1024, 413)])
    func fourMebibytesAndNoMore(_ excess: Int, _ status: Int) async throws {
        try await withDoor { door in
            let body = String(repeating: "x", count: 4 * 1024 * 1024 + excess)
            let signature = MetaSignature.header(body: Array(body.utf8), secret: "test_app_secret")
            let answer = try await door.post(body, signature: signature)
            #expect(answer.status.code == status)
            #expect(try await door.stored().count == (status == 200 ? 1 : 0))
        }
    }

    @Test func anAnnouncedSizeIsEnoughToRefuse() async throws {
        try await withDoor { door in
            let headers: HTTPFields = [.contentLength: "4194305"]
            let answer = try await door.client.execute(uri: door.path, method: .post, headers: headers, body: nil)
            #expect(answer.status == .contentTooLarge)
        }
    }

    @Test func aSlowBodyIsCutAtItsDeadline() async throws {
        var limits = MetaWebhooks.Limits()
        limits.bodyDeadline = .zero - .seconds(1)
        try await withDoor(limits: limits) { door in
            let signature = MetaSignature.header(body: Array(Self.compact.utf8), secret: "test_app_secret")
            let answer = try await door.post(Self.compact, signature: signature)
            #expect(answer.status == .requestTimeout)
        }
    }

    @Test func aFullHouseIsToldBeforeTheBodyIsRead() async throws {
        var limits = MetaWebhooks.Limits()
        limits.waiting = 0
        try await withDoor(limits: limits) { door in
            let answer = try await door.post(Self.compact, signature: nil)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] == "1")
        }
    }

    @Test func noMoreBytesAreHeldThanMayBe() async throws {
        var limits = MetaWebhooks.Limits()
        limits.heldBytes = Self.compact.utf8.count
        try await withDoor(limits: limits) { door in
            for (body, status) in [(Self.compact, 200), (Self.compact + " ", 503), (Self.compact, 200)] {
                let signature = MetaSignature.header(body: Array(body.utf8), secret: "test_app_secret")
                let answer = try await door.post(body, signature: signature)
                #expect(answer.status.code == status)
            }
        }
    }

    @Test func whatCannotBeStoredIsNotAcknowledged() async throws {
        try await withDoor { door in
            let signature = MetaSignature.header(body: Array(Self.compact.utf8), secret: "test_app_secret")
            #expect(try await door.post(Self.compact, signature: signature).status == .ok)
            await door.world.store.database.close()
            let answer = try await door.post(Self.compact, signature: signature)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] == "1")
        }
    }
}
