// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// What is kept sealed: shown by its facts only.
struct CustodyController: Sendable {
    /// What Meta says of the token that is kept for a WABA; never the token.
    @Sendable func token(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try context.id(WABAID.init(validating:), orElse: .wabaNotFound)
        return Answer.one(try await caller.services.tokens.inspect(id, for: caller.principal).wire)
    }

    @Sendable func customerBudget(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try context.id(AppID.init(validating:), orElse: .appNotFound)
        return Answer.whole([try await caller.services.apps.customerBudget(of: id, for: caller.principal)], \.wire)
    }

    @Sendable func encryption(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.one(try await caller.services.encryption.status(for: caller.principal).wire)
    }

    @Sendable func rotate(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let (body, _) = try await request.json(RotateBody.self, context)
        let addsKey = body.newKeyEncryptionKey ?? false
        let status = try await uninterrupted {
            try await caller.services.encryption.rotate(addsKey: addsKey, by: caller.principal)
        }
        return Answer.one(status.wire, status: .accepted)
    }
}

/// `POST /encryption/rotate`.
struct RotateBody: NativeBody {
    let newKeyEncryptionKey: Bool?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case newKeyEncryptionKey = "new_key_encryption_key"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

extension Tokens.Inspection {
    /// Never the token.
    var wire: JSONValue {
        [
            "waba_id": .id(wabaID),
            "valid": .bool(isValid),
            "type": .text(type),
            "app_id": .id(appID),
            "of_our_app": .bool(isOurs),
            "scopes": .array(scopes.map { .string($0) }),
            "granular_scopes": .array(
                granularScopes.map { scope in
                    [
                        "scope": .string(scope.name),
                        "target_ids": scope.targets.map { .array($0.map { .string($0) }) } ?? .null,
                    ]
                }),
            "expires_at": .time(expiresAt),
            "data_access_expires_at": .time(dataAccessExpiresAt),
            "issued_at": .time(issuedAt),
            "error": errorCode.map { ["code": .integer(Int64($0)), "subcode": .number(errorSubcode)] } ?? .null,
        ]
    }
}

extension Encryption.Status {
    var wire: JSONValue {
        [
            "data_keys": .array(
                dataKeys.map { key in
                    [
                        "id": .string(key.id),
                        "key_encryption_key_id": .string(key.keyEncryptionKeyID),
                        "current": .bool(key.isCurrent),
                        "sealed": .integer(Int64(key.sealedCount)),
                        "created_at": .time(key.createdAt),
                    ]
                }),
            "left": .integer(Int64(left)),
            "resealing": .bool(isResealing),
        ]
    }
}
