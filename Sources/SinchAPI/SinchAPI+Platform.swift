// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

extension SinchAPI {
    func addPlatformRoutes(to door: RouterGroup<GangwayContext>) {
        add(.put, Routes.templateAnalytics, to: door) { call in
            try await call.services.platform.enableTemplateAnalytics(call.scope)
            return Response(status: .ok)
        }
        add(.post, Routes.longLivedToken, to: door, Self.longLivedToken(_:))
        add(.post, Routes.wabaDetails, to: door, Self.wabaDetails(_:))
    }

    @Sendable private static func longLivedToken(_ call: SinchCall) async throws -> Response {
        let body = try await call.body()
        let code = body.string("facebookCode")
        let token = body.string("facebookToken")
        let manager = body.oneOf("businessManager", Vocabulary.businessManagers)
        if !body.has("facebookCode"), !body.has("facebookToken") {
            body.fault("facebookToken must be a string")
            body.fault("facebookCode must be a string")
            body.fault("at least one of facebookToken or facebookCode must be provided")
        }
        try body.finish()
        try BusinessManagers.requireServed(manager)
        let handed = try await call.services.platform.longLivedToken(
            code: code.map { SignupCode($0) }, token: token.map { BusinessToken($0) }, call.scope)
        return call.answer(["longLivedAccessToken": .string(handed.secret)], .created)
    }

    @Sendable private static func wabaDetails(_ call: SinchCall) async throws -> Response {
        let body = try await call.body()
        let token = body.string("facebookToken", required: true)
        let manager = body.oneOf("businessManager", Vocabulary.businessManagers)
        try body.finish()
        try BusinessManagers.requireServed(manager)
        guard let token else { throw SinchError.invalidPayload }
        let wabas = try await call.services.platform.wabas(of: BusinessToken(token), call.scope)
        return call.answer(["wabas": .array(wabas.map(Self.json(_:)))])
    }

    private static func json(_ waba: ProjectPlatform.TokenWABA) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(waba.id.rawValue),
            "numbers": .array(
                waba.numbers.map { number in
                    [
                        "id": .string(number.id.rawValue),
                        "displayPhoneNumber": .string(number.displayPhoneNumber ?? ""),
                        // The documents say both; their sample of an unused number says false.
                        "provisioned": .bool(number.isProvisioned),
                    ]
                }),
        ]
        members["name"] = waba.name.map { .string($0) }
        return .object(members)
    }
}
