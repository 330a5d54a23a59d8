// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Domain
package import FoundationEssentials
import NIOCore
import NIOHTTP1
import Services

/// The control surface of a running simulator, for the server and for commands.
package struct SandboxControl: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private let baseURL: String

    /// `baseURL` as `http://127.0.0.1:8081`.
    package init(baseURL: String) { self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL }

    /// The clock goes forward by the step, and to no less than `offset` before the machine's.
    func moveClock(by step: Duration, toAtLeast offset: Duration) async throws {
        let body = #"{"advance_ms": \#(step.milliseconds), "offset_at_least_ms": \#(offset.milliseconds)}"#
        let answer = try await send(.POST, "clock", Data(body.utf8))
        let clock = try? JSONDecoder().decode(Clock.self, from: answer)
        guard let clock, clock.offsetMilliseconds >= offset.milliseconds else {
            throw Failure(description: "\(baseURL) does not answer as a simulator's clock")
        }
    }

    private struct Clock: Decodable {
        let offsetMilliseconds: Int64

        enum CodingKeys: String, CodingKey {
            case offsetMilliseconds = "offset_ms"
        }
    }

    /// JSON lines.
    package func exportWorld() async throws -> Data { try await send(.GET, "world/export") }

    /// A seed file or an export; answers how much there is then, as JSON.
    package func importWorld(_ world: Data) async throws -> Data { try await send(.PUT, "world", world) }

    package func begin(scenario: String, objectID: String?) async throws -> Data {
        var body = ["name": scenario]
        body["id"] = objectID
        return try await send(.POST, "scenarios", try JSONEncoder().encode(body))
    }

    /// One that was written down, such as an export.
    package func begin(written scenario: Data) async throws -> Data { try await send(.POST, "scenarios", scenario) }

    /// Nil ends all of them.
    package func end(scenario: String?) async throws {
        _ = try await send(.DELETE, "scenarios" + (scenario.map { "/" + $0 } ?? ""))
    }

    private func send(_ method: HTTPMethod, _ noun: String, _ body: Data? = nil) async throws -> Data {
        var request = HTTPClientRequest(url: "\(baseURL)/_sandbox/\(noun)")
        request.method = method
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let status: Int
        let answer: Data
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(120))
            status = Int(response.status.code)
            answer = Data((try await response.body.collect(upTo: 1 << 31)).readableBytesView)
        } catch {
            throw Failure(description: "no answer from a simulator at \(baseURL): \(error)")
        }
        guard (200..<300).contains(status) else {
            let refusal = try? JSONDecoder().decode(Refusal.self, from: answer)
            throw Failure(description: refusal?.error.message ?? "\(baseURL) answered \(status): is it a simulator?")
        }
        return answer
    }

    private struct Refusal: Decodable {
        struct Reason: Decodable {
            let message: String
        }

        let error: Reason
    }
}
