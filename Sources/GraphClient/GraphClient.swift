// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Logging
import Metrics
import Synchronization

/// Meta's Graph API for one world: sends each request once, keeps to Meta's limits, and says exactly how far it came.
package final class GraphClient: GraphSending {
    private let configuration: GraphConfiguration
    private let transport: any GraphTransport
    private let liveTransport: AsyncHTTPTransport?
    private let clock: any WorldClock
    private let logger: Logger
    private let throttle = Mutex(ThrottleState())
    private let novelties: GraphNovelties

    /// Opens no connection yet. Call `shutdown()` at the end.
    package convenience init(
        configuration: GraphConfiguration, clock: any WorldClock, watch: MetaWatch? = nil, logger: Logger
    ) {
        let transport = AsyncHTTPTransport(configuration: configuration)
        self.init(configuration: configuration, transport: transport, clock: clock, watch: watch, logger: logger)
    }

    init(
        configuration: GraphConfiguration, transport: any GraphTransport, clock: any WorldClock,
        watch: MetaWatch? = nil, logger: Logger
    ) {
        novelties = GraphNovelties(watch: watch)
        self.configuration = configuration
        self.transport = transport
        self.liveTransport = transport as? AsyncHTTPTransport
        self.clock = clock
        self.logger = logger
    }

    /// Closes the pooled connections; further calls fail as not sent.
    package func shutdown() async {
        await liveTransport?.shutdown()
    }

    package var appUsagePercent: Int? { throttle.withLock { $0.appPercent(now: clock.now()) } }

    package func send<R: GraphRequest>(_ request: R) async throws(GraphError) -> R.Response {
        let call = try PreparedCall(request, configuration: configuration)
        try await passThrottle(request)
        let started = ContinuousClock.now
        do {
            let answer = try await exchange(call, operation: R.operation)
            let response = try read(answer, of: request, call: call)
            finish(R.operation, code: "ok", status: answer.status, started: started)
            return response
        } catch {
            finish(R.operation, code: Self.label(error), status: error.httpStatus, started: started)
            throw error
        }
    }

    private func exchange(_ call: PreparedCall, operation: String) async throws(GraphError) -> TransportAnswer {
        do {
            return try await transport.exchange(call)
        } catch {
            throw GraphError(
                class: .transient, reach: error.isNothingSent ? .notSent : .unknown, operation: operation,
                message: "Meta gave no answer: \(error.reason.rawValue).")
        }
    }

    private func read<R: GraphRequest>(
        _ answer: TransportAnswer, of request: R, call: PreparedCall
    ) throws(GraphError) -> R.Response {
        let usage = UsageReading(headers: answer.headers)
        do {
            let reader = GraphAnswerReader(operation: R.operation, secrets: call.secrets)
            let response = try reader.read(answer, as: R.Response.self)
            note(usage, subject: request.subject, error: nil)
            novelties.look(at: answer, of: R.operation, error: nil)
            return response
        } catch {
            note(usage, subject: request.subject, error: error)
            novelties.look(at: answer, of: R.operation, error: error)
            throw error
        }
    }

    private func note(_ usage: UsageReading, subject: String?, error: GraphError?) {
        let limited = error.flatMap { GraphErrorTable.limitScope(code: $0.code) }
        throttle.withLock { state in
            state.record(
                usage, subject: subject, limited: limited, retryAfter: error?.retryAfter, now: clock.now())
        }
    }

    /// Holding back an OAuth call would only cost the code its 30 s: those go out, and Meta decides.
    private func passThrottle<R: GraphRequest>(_ request: R) async throws(GraphError) {
        guard case .bearer = request.credential else { return }
        switch throttle.withLock({ $0.decision(subject: request.subject, now: clock.now()) }) {
        case .go: return
        case .slowDown(let pause):
            do {
                try await clock.sleep(for: pause)
            } catch {
                throw GraphError(
                    class: .transient, reach: .notSent, operation: R.operation, message: "The caller gave up.")
            }
        case .hold(let remaining):
            throw GraphError(
                class: .wait, reach: .notSent, operation: R.operation,
                message: "Held back: Meta's limit for these calls is reached.", retryAfter: remaining)
        }
    }

    private func finish(_ operation: String, code: String, status: Int?, started: ContinuousClock.Instant) {
        let elapsed = started.duration(to: .now)
        Counter(label: "gangway_graph_requests_total", dimensions: [("op", operation), ("code", code)]).increment()
        Timer(label: "gangway_graph_request_seconds", dimensions: [("op", operation)])
            .recordNanoseconds(
                elapsed.components.seconds * 1_000_000_000 + elapsed.components.attoseconds / 1_000_000_000)
        logger.debug(
            "graph call",
            metadata: [
                "op": "\(operation)", "code": "\(code)", "status": "\(status.map(String.init) ?? "none")",
                "ms": "\(elapsed.milliseconds)",
            ])
    }

    private static func label(_ error: GraphError) -> String {
        if let code = error.code { return String(code) }
        return error.httpStatus.map { "http_\($0)" } ?? error.reach.rawValue
    }
}
