// SPDX-License-Identifier: Apache-2.0
import Domain
import Synchronization
import Testing

/// What Meta knows of one customer, answering with random faults. An effect counts when it happened, whatever the answer.
final class ModelOfMeta: Sendable {
    private struct State {
        var random: SplitMix
        var isCalm = false
        var codes = 0
        var exchanged: [String: Int] = [:]
        var isSubscribed = false
        var shares = 0
        var isConnected = false
        var pin: String?
    }

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private let state: Mutex<State>
    private let crash: @Sendable () async throws -> Void

    /// `crash` takes the claim away, as the death of the process would.
    init(seed: UInt64, crash: @escaping @Sendable () async throws -> Void) {
        state = Mutex(State(random: SplitMix(state: seed)))
        self.crash = crash
    }

    func calmDown() { state.withLock { $0.isCalm = true } }

    func isLucky(_ part: Int, of whole: Int) -> Bool {
        state.withLock { Int.random(in: 0..<whole, using: &$0.random) < part }
    }

    func mintCode() -> String {
        state.withLock { state in
            state.codes += 1
            return "AQ\(state.codes)"
        }
    }

    func check() {
        state.withLock { state in
            #expect(state.shares == 1, "the credit line was shared \(state.shares) times")
            for (code, count) in state.exchanged { #expect(count == 1, "\(code) was exchanged \(count) times") }
            #expect(state.isSubscribed && state.isConnected)
        }
    }

    func stand(in graph: ScriptedGraph) {
        change(graph, "exchange_code") { state, call in
            state.exchanged[call.secret ?? "", default: 0] += 1
            return .json(Sample.token)
        }
        change(graph, "subscribe_app") { state, _ in
            state.isSubscribed = true
            return .json(Sample.success)
        }
        change(graph, "assign_user") { _, _ in .json(Sample.success) }
        change(graph, "share_credit") { state, _ in
            state.shares += 1
            return .json(Sample.shared)
        }
        change(graph, "register") { state, call in
            if let pin = state.pin, pin != call.secret { return .refused(code: 133_005) }
            (state.pin, state.isConnected) = (call.secret, true)
            return .json(Sample.success)
        }
        read(graph, "debug_token") { _ in Sample.inspected() }
        read(graph, "list_phone_numbers") { _ in Sample.numbers }
        read(graph, "read_allocation") { _ in Sample.credential }
        read(graph, "list_allocations") { $0.shares > 0 ? Sample.allocations : #"{"data":[]}"# }
        read(graph, "fetch_business_token") { _ in #"{"access_token":"EAAfetched"}"# }
        read(graph, "read_phone_number") {
            Sample.number(Sample.number, "+1 555-078-3881", isConnected: $0.isConnected)
        }
        read(graph, "list_subscribed_apps") {
            $0.isSubscribed ? #"{"data":[{"whatsapp_business_api_data":{"id":"634974688087057"}}]}"# : #"{"data":[]}"#
        }
        graph.stand("read_waba") { [self] call in
            answer { state in
                let isAboutFunding = call.query["fields"]?.contains("primary_funding_id") == true
                guard isAboutFunding else { return .json(Sample.facts) }
                return .json(state.shares > 0 ? Sample.funded : Sample.unfunded)
            }
        }
    }

    private func read(_ graph: ScriptedGraph, _ operation: String, _ body: @escaping @Sendable (State) -> String) {
        graph.stand(operation) { [self] _ in answer { .json(body($0)) } }
    }

    private func change(
        _ graph: ScriptedGraph, _ operation: String,
        _ effect: @escaping @Sendable (inout State, ScriptedGraph.Call) -> ScriptedGraph.Reply
    ) {
        graph.stand(operation) { [self] call in
            state.withLock { state in
                guard !state.isCalm else { return effect(&state, call) }
                switch Int.random(in: 0..<12, using: &state.random) {
                case 0: return .notSent
                case 1: return .lost
                case 2:
                    _ = effect(&state, call)
                    return .lost
                case 3: return .during(crash, .notSent)
                case 4:
                    return .during(crash, effect(&state, call))
                case 5: return .refused(code: 2, status: 503)
                case 6:
                    _ = effect(&state, call)
                    return .refused(code: nil, status: 502)
                case 7: return .refused(code: 4)
                case 8: return .refused(code: 190, status: 401)
                case _: return effect(&state, call)
                }
            }
        }
    }

    private func answer(_ body: @Sendable (State) -> ScriptedGraph.Reply) -> ScriptedGraph.Reply {
        state.withLock { state in
            let answer = body(state)
            guard !state.isCalm else { return answer }
            switch Int.random(in: 0..<10, using: &state.random) {
            case 0: return .notSent
            case 1: return .during(crash, answer)
            case 2: return .refused(code: 2, status: 503)
            case _: return answer
            }
        }
    }
}
