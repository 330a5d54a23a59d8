// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NativeAPI
import Testing

/// What came back, with the body as text and as JSON.
struct NativeAnswer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    /// The value at a path of member names and indexes, such as `errors.0.pointer`; nil where there is none or it is null.
    subscript(_ path: String) -> String? {
        var value: Any? = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        for part in path.split(separator: ".") {
            if let list = value as? [Any], let index = Int(part) {
                value = list.indices.contains(index) ? list[index] : nil
            } else {
                value = (value as? [String: Any])?[String(part)]
            }
        }
        guard let value, !(value is NSNull) else { return nil }
        if let text = value as? String { return text }
        return (value as? NSNumber)?.stringValue
    }

    /// How many elements the array at `path` has.
    func count(_ path: String) -> Int? {
        let object = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
        return (object?[path] as? [Any])?.count
    }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}

/// Calls the native API's routes with one key, without a socket.
struct NativeClient: Sendable {
    let client: any TestClientProtocol
    let key: String?

    func with(_ key: String?) -> NativeClient { NativeClient(client: client, key: key) }

    func get(_ path: String) async throws -> NativeAnswer { try await send(.get, path) }

    func post(_ path: String, _ body: String, headers: [String: String] = [:]) async throws -> NativeAnswer {
        try await send(.post, path, body, headers: headers)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: [String: String] = [:]
    ) async throws -> NativeAnswer {
        var fields = HTTPFields()
        if let key { fields[.authorization] = "Bearer \(key)" }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let response = try await client.witnessed(
            uri: "/api/v1/" + path, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) })
        return NativeAnswer(
            status: response.status.code, headers: response.headers, text: String(buffer: response.body))
    }
}

extension DoorWorld {
    /// Runs `body` against the native API of a fresh world, with Acme's key.
    static func native<T: Sendable>(_ body: @Sendable (DoorWorld, NativeClient) async throws -> T) async throws -> T {
        try await run { world in
            try await world.native(world.worlds) { try await body(world, $0.with(world.acme.key)) }
        }
    }

    func native<T: Sendable>(_ worlds: Worlds, _ body: @Sendable (NativeClient) async throws -> T) async throws -> T {
        let router = Router(context: GangwayContext.self)
        router.add(middleware: RequestRecorder())
        NativeAPI(worlds: worlds, cursors: CursorCoder()).addRoutes(to: router)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return try await Application(router: router, logger: logger).test(.router) { client in
            try await body(NativeClient(client: client, key: nil))
        }
    }
}
