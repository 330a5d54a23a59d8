// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Services
import SinchAPI

/// A client of Sinch's, pointed at us.
struct SinchClient: Sendable {
    struct Answer: Sendable {
        let status: Int
        let text: String
        let headers: HTTPFields

        /// The body with sorted keys, so that two spellings of one object compare equal.
        var body: String { canonical(text) }

        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
        }

        var errorCode: String? { json["errorCode"] as? String }
        var id: String { json["id"] as? String ?? "" }
    }

    let project: String
    let authorization: String?
    private let send: @Sendable (String, HTTPRequest.Method, HTTPFields, ByteBuffer?) async throws -> TestResponse

    /// Runs `body` against the door of `world`, with a fresh project of Acme's and a key of its own.
    static func run<T: Sendable>(
        _ world: DoorWorld, _ body: @Sendable (SinchClient) async throws -> T
    ) async throws -> T {
        let access = try await SinchAccess.make(world, for: world.acme)
        return try await run(world, project: access.project.id.rawValue, authorization: access.basic, body)
    }

    /// Another door of the same world, as another node has it.
    static func run<T: Sendable>(
        _ world: DoorWorld, reusing client: SinchClient, _ body: @Sendable (SinchClient) async throws -> T
    ) async throws -> T {
        try await run(world, project: client.project, authorization: client.authorization, body)
    }

    private static func run<T: Sendable>(
        _ world: DoorWorld, project: String, authorization: String?,
        _ body: @Sendable (SinchClient) async throws -> T
    ) async throws -> T {
        let router = Router(context: GangwayContext.self)
        SinchAPI(worlds: world.worlds, cursors: CursorCoder()).addRoutes(to: router)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return try await Application(router: router, logger: logger).test(.router) { client in
            try await body(
                SinchClient(project: project, authorization: authorization) { path, method, headers, buffer in
                    try await client.witnessed(uri: path, method: method, headers: headers, body: buffer)
                })
        }
    }

    init(
        project: String, authorization: String?,
        send: @escaping @Sendable (String, HTTPRequest.Method, HTTPFields, ByteBuffer?) async throws -> TestResponse
    ) {
        self.project = project
        self.authorization = authorization
        self.send = send
    }

    /// The same client with another header, or another project.
    func with(authorization: String?, project: String? = nil) -> SinchClient {
        SinchClient(project: project ?? self.project, authorization: authorization, send: send)
    }

    /// `path` below the project: `/whatsapp/senders`.
    func call(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        try await raw(method, "/v1/projects/\(project)\(path)", body, type: "application/json")
    }

    func raw(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, type: String
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: type]
        if let authorization { headers[.authorization] = authorization }
        let response = try await send(path, method, headers, body.map { ByteBuffer(string: $0) })
        return Answer(
            status: Int(response.status.code), text: String(buffer: response.body), headers: response.headers)
    }
}

/// A project with an access key, as the operator makes them.
struct SinchAccess: Sendable {
    let project: Project
    let key: AccessKey
    let secret: String

    var basic: String { "Basic " + Data("\(key.id.rawValue):\(secret)".utf8).base64EncodedString() }

    static let creator = Principal(role: .operator, partnerID: nil, actor: "op_test")

    static func make(_ world: DoorWorld, for tenant: DoorWorld.Tenant) async throws -> SinchAccess {
        let projects = world.services.projects.projects
        let project = try await projects.create(
            name: "Lucky Shrub", for: tenant.partner, customer: tenant.customer, by: creator)
        let minted = try await projects.mintKey(for: tenant.partner, project: project.id, by: creator)
        return SinchAccess(project: project, key: minted.key, secret: minted.secret.secret)
    }
}

/// A "PAPI error" as the documents print it.
func papi(_ code: String, _ message: String, _ resolution: String) -> String {
    canonical(#"{"errorCode": "\#(code)", "message": "\#(message)", "resolution": "\#(resolution)"}"#)
}
