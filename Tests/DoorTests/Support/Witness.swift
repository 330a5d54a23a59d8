// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import HummingbirdTesting
import KaleyraAPI
import NIOCore
import NativeAPI
import OpenAPI
import SinchAPI
import SplashifyAPI
import TestSupport
import Testing

extension Contract {
    static let doors = Contract(
        APIDocument(
            title: "", version: "", text: "",
            chapters: [NativeAPI.chapter, SplashifyAPI.chapter, KaleyraAPI.chapter, SinchAPI.chapter]
        ).json)
}

extension TestClientProtocol {
    /// Asks, and holds the answer against the OpenAPI document: so every answer of these tests is one that is documented.
    func witnessed(
        uri: String, method: HTTPRequest.Method, headers: HTTPFields, body: ByteBuffer?
    ) async throws -> TestResponse {
        let response = try await execute(uri: uri, method: method, headers: headers, body: body)
        let exchange = Exchange(
            method.rawValue, uri, requestType: headers[.contentType], request: body.map { String(buffer: $0) },
            status: Int(response.status.code), type: response.headers[.contentType],
            body: String(buffer: response.body))
        for fault in Contract.doors.faults(exchange) { Issue.record("\(fault)") }
        return response
    }
}
