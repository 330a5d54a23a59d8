// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Synchronization

/// The Graph calls of one attempt of a step, in order: written down with its end, so that the run can be replayed.
final class CallLog: Sendable {
    private let calls = Mutex<[RecordedCall]>([])

    var all: [RecordedCall] { calls.withLock { $0 } }

    func add(_ call: RecordedCall) {
        calls.withLock { calls in
            if calls.count < RecordedCall.callsMax { calls.append(call) }
        }
    }
}

/// Passes calls on and remembers what came of them.
struct RecordingGraph: GraphSending {
    let graph: any GraphSending
    let log: CallLog

    var appUsagePercent: Int? { graph.appUsagePercent }

    func send<R: GraphRequest>(_ request: R) async throws(GraphError) -> R.Response {
        do throws(GraphError) {
            let answer = try await graph.send(request)
            log.add(RecordedCall(operation: R.operation))
            return answer
        } catch {
            log.add(RecordedCall(operation: R.operation, error: error))
            throw error
        }
    }
}
