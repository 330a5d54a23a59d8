// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import GraphSimulator
import Logging
import NIOCore
import NIOHTTP1

/// A running simulator and an HTTP client that knows nothing of its inside.
struct Sandbox: Sendable {
    var base: String
    let app = SandboxApp.sample

    struct Answer: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var text: String
        var body: Value

        var errorCode: Int? { body["error"]["code"].int }
        var errorSubcode: Int? { body["error"]["error_subcode"].int }
    }

    static func run<Result: Sendable>(
        _ change: (inout SimulatorConfiguration) -> Void = { _ in },
        _ body: @Sendable @escaping (Sandbox) async throws -> Result
    ) async throws -> Result {
        var configuration = SimulatorConfiguration(port: 0)
        change(&configuration)
        var logger = Logger(label: "sandbox")
        logger.logLevel = .error
        let simulator = try GraphSimulator(configuration: configuration, logger: logger)
        let running = Task { try await simulator.run() }
        do {
            let port = try await simulator.boundPort()
            let result = try await body(Sandbox(base: "http://127.0.0.1:\(port)"))
            running.cancel()
            _ = await running.result
            return result
        } catch {
            running.cancel()
            _ = await running.result
            throw error
        }
    }

    func send(
        _ method: HTTPMethod, _ path: String, query: [String: String] = [:], token: String? = nil, json: String? = nil,
        form: String? = nil
    ) async throws -> Answer {
        var components = URLComponents(string: path.hasPrefix("http") ? path : base + path)
        if !query.isEmpty {
            components?.queryItems = query.sorted { $0.key < $1.key }.map {
                URLQueryItem(name: $0.key, value: $0.value)
            }
        }
        var request = HTTPClientRequest(url: components?.string ?? path)
        request.method = method
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let json {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: json))
        }
        if let form {
            request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: form))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let buffer = try await response.body.collect(upTo: 64 * 1024 * 1024)
        let text = String(buffer: buffer)
        return Answer(
            status: Int(response.status.code), headers: response.headers, text: text, body: Value(parsing: text))
    }

    func get(_ path: String, _ query: [String: String] = [:], token: String? = nil) async throws -> Answer {
        try await send(.GET, path, query: query, token: token)
    }

    func post(_ path: String, _ json: String? = nil, query: [String: String] = [:], token: String? = nil) async throws
        -> Answer
    {
        try await send(.POST, path, query: query, token: token, json: json)
    }

    func delete(_ path: String, _ query: [String: String] = [:], token: String? = nil) async throws -> Answer {
        try await send(.DELETE, path, query: query, token: token)
    }
}

/// What a signup gave, with the token its code was exchanged for.
struct Customer: Sendable {
    var code: String
    var wabaID: String
    var phoneNumberID: String
    var businessID: String
    var token = ""
}

extension Sandbox {
    func signUp(_ json: String = "{}") async throws -> Customer {
        let answer = try await post("/_sandbox/signups", json)
        guard answer.status == 201 else { throw Unexpected(answer: answer) }
        return Customer(
            code: answer.body["code"].string, wabaID: answer.body["waba_id"].string,
            phoneNumberID: answer.body["phone_number_id"].string, businessID: answer.body["business_id"].string)
    }

    func exchange(_ code: String) async throws -> Answer {
        try await get(
            "/v26.0/oauth/access_token",
            ["client_id": app.appID, "client_secret": app.appSecret, "code": code])
    }

    func onboard(_ json: String = "{}") async throws -> Customer {
        var customer = try await signUp(json)
        let answer = try await exchange(customer.code)
        guard answer.status == 200 else { throw Unexpected(answer: answer) }
        customer.token = answer.body["access_token"].string
        return customer
    }

    func assignSystemUser(to customer: Customer) async throws -> Answer {
        try await post(
            "/v26.0/\(customer.wabaID)/assigned_users",
            query: ["user": app.systemUserID, "tasks": "['MANAGE']"], token: app.systemToken)
    }

    func shareCredit(with customer: Customer) async throws -> Answer {
        try await post(
            "/v26.0/\(app.extendedCreditLineID)/whatsapp_credit_sharing_and_attach",
            query: ["waba_currency": "USD", "waba_id": customer.wabaID], token: app.systemToken)
    }

    func register(_ customer: Customer, pin: String = "212834") async throws -> Answer {
        try await post(
            "/v26.0/\(customer.phoneNumberID)/register", #"{"messaging_product":"whatsapp","pin":"\#(pin)"}"#,
            token: customer.token)
    }

    func advance(seconds: Int) async throws {
        _ = try await post("/_sandbox/clock", #"{"advance_seconds":\#(seconds)}"#)
    }

    struct Unexpected: Error {
        var answer: Answer
    }
}

/// A parsed JSON value that is asked without unwrapping; what is not there reads as null.
struct Value: @unchecked Sendable, Equatable {
    private let raw: Any?

    init(_ raw: Any?) { self.raw = raw }

    init(parsing text: String) {
        raw = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    subscript(name: String) -> Value { Value((raw as? [String: Any])?[name]) }
    subscript(index: Int) -> Value {
        let list = raw as? [Any] ?? []
        return Value(list.indices.contains(index) ? list[index] : nil)
    }

    var exists: Bool { raw != nil }
    var isNull: Bool { raw == nil || raw is NSNull }
    var string: String { raw as? String ?? "" }
    var int: Int? { raw is String ? nil : (raw as? NSNumber)?.intValue }
    var bool: Bool? { raw as? Bool }
    var list: [Value] { (raw as? [Any])?.map { Value($0) } ?? [] }
    /// The value printed with sorted keys, to compare by.
    var text: String {
        let data = raw.flatMap {
            try? JSONSerialization.data(withJSONObject: $0, options: [.sortedKeys, .fragmentsAllowed])
        }
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
    var strings: [String] { list.map(\.string) }
    var keys: Set<String> { Set((raw as? [String: Any] ?? [:]).keys) }

    static func == (left: Value, right: Value) -> Bool {
        switch (left.raw, right.raw) {
        case (nil, nil): true
        case (let left?, let right?): (left as? NSObject)?.isEqual(right) ?? ("\(left)" == "\(right)")
        default: false
        }
    }
}
