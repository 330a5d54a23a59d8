// SPDX-License-Identifier: Apache-2.0
import Domain
import Logging
import Synchronization

@testable import GraphClient

/// The names the example files use.
enum Sample {
    static let appID = AppID("634974688087057")
    static let appSecret = AppSecret("614fc2afde15eee07a26b2fe3eaee9b9")
    static let systemToken = SystemToken("EAAJsystemTokenPlaceholder")
    static let businessToken = BusinessToken("EAAJbusinessTokenPlaceholder")
    static let code = SignupCode("AQBhlXsctMxJYbwbrpybxlo9tLPGy")
    static let waba = WABAID("102290129340398")
    static let phone = PhoneNumberID("106540352242922")
    static let partnerBusiness = BusinessID("2729063490586005")
    static let customerBusiness = BusinessID("506914307656634")
    static let systemUser = SystemUserID("100081234567890")
    static let creditLine = CreditLineID("1972385232742146")
    static let allocation = AllocationID("58501441721238")
    static let solution = SolutionID("774485461512159")

    static func configuration(_ baseURL: String = "http://127.0.0.1:9") -> GraphConfiguration {
        GraphConfiguration(baseURL: baseURL, appID: appID, appSecret: appSecret)
    }
}

/// A clock that stands still; sleeping on it is noted and moves it.
final class StillClock: WorldClock {
    private let state = Mutex((now: Timestamp(seconds: 1_764_000_000), slept: [Duration]()))

    func now() -> Timestamp { state.withLock { $0.now } }

    var slept: [Duration] { state.withLock { $0.slept } }

    func advance(by duration: Duration) { state.withLock { $0.now = $0.now + duration } }

    func sleep(until deadline: Timestamp) async throws {
        state.withLock { state in
            state.slept.append(deadline - state.now)
            state.now = deadline
        }
    }
}

extension StubGraph {
    /// Runs `body` with a client of a started stub, and closes the client after it.
    static func client<Value: Sendable>(
        _ script: [StubAnswer], clock: StillClock = StillClock(),
        configure: (inout GraphConfiguration) -> Void = { _ in },
        body: @Sendable (StubGraph, GraphClient) async throws -> Value
    ) async throws -> Value {
        var template = Sample.configuration()
        configure(&template)
        let settings = template
        return try await serving(script) { stub, baseURL in
            var configuration = GraphConfiguration(
                baseURL: baseURL, version: settings.version, appID: settings.appID, appSecret: settings.appSecret)
            configuration.sendsAppSecretProof = settings.sendsAppSecretProof
            configuration.timeout = settings.timeout
            configuration.maximumResponseBytes = settings.maximumResponseBytes
            let client = GraphClient(configuration: configuration, clock: clock, logger: Logger(label: "test"))
            let result: Result<Value, any Error>
            do { result = .success(try await body(stub, client)) } catch { result = .failure(error) }
            await client.shutdown()
            return try result.get()
        }
    }
}

/// Answers from memory, for what needs no wire.
final class ScriptedTransport: GraphTransport {
    private let state: Mutex<(script: [Result<TransportAnswer, TransportFailure>], calls: [PreparedCall])>

    init(_ script: [Result<TransportAnswer, TransportFailure>]) { state = Mutex((script, [])) }

    var calls: [PreparedCall] { state.withLock { $0.calls } }

    func exchange(_ call: PreparedCall) async throws(TransportFailure) -> TransportAnswer {
        let next = state.withLock { state in
            state.calls.append(call)
            return state.script.count > 1 ? state.script.removeFirst() : state.script[0]
        }
        return try next.get()
    }
}

extension TransportAnswer {
    static func json(_ body: String, status: Int = 200, headers: [String: String] = [:]) -> TransportAnswer {
        TransportAnswer(
            status: status, headers: headers.merging(["content-type": "application/json"]) { first, _ in first },
            body: Array(body.utf8))
    }
}

extension GraphClient {
    /// A client that never touches the network.
    static func scripted(_ transport: ScriptedTransport, clock: StillClock = StillClock()) -> GraphClient {
        GraphClient(
            configuration: Sample.configuration(), transport: transport, clock: clock, logger: Logger(label: "test"))
    }
}

/// The error that `body` ends with; nil when it succeeds.
func graphError(_ body: () async throws -> some Sendable) async -> GraphError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? GraphError
    }
}
