// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import Logging

/// Turns a request into calls, lets planned faults at each, performs them and dresses the answer.
struct GraphEngine: Sendable {
    let world: World
    let calls: CallLog
    let handshake: CallbackHandshake
    let logger: Logger

    enum Beginning: Sendable {
        case answered(GraphAnswer)
        /// Something may have to be waited for: see ``finish(_:)``.
        case open(GraphCall)
    }

    /// Reads a request, and answers it at once where it is a read that no rule can strike.
    func begin(_ request: GraphRequest) -> Beginning {
        let call: GraphCall
        do throws(GraphError) {
            call = try read(request)
        } catch {
            return .answered(refusal(error, method: request.method, path: request.path))
        }
        guard call.method == .get, !world.hasFaults, call.parameters.isEmpty || call.manyIDs == nil else {
            return .open(call)
        }
        var record = newRecord(call)
        let performance = performOnce(call)
        switch performance.outcome {
        case .failure(let error): record.code = error.code
        case .reply(let reply): record.effect = reply.effect
        // Only what changes something names a callback.
        case .handshake: return .open(call)
        }
        let answer = dress(
            performance.outcome, call, usage: performance.usage, appPercent: performance.appPercent)
        note(record, answer, at: performance.at)
        return .answered(presented(answer, call))
    }

    /// The web SDK and the Graph explorer read errors from the body alone.
    private func presented(_ answer: GraphAnswer, _ call: GraphCall) -> GraphAnswer {
        guard !call.parameters.isEmpty, call.parameters["suppress_http_code"]?.isTrue == true else { return answer }
        var answer = answer
        answer.status = 200
        return answer
    }

    func finish(_ call: GraphCall) async -> EngineAnswer {
        if call.isBatch { return .answer(await answerBatch(call)) }
        if let ids = call.manyIDs { return await answerMany(call, ids) }
        guard case .answer(let answer) = await answer(call) else { return .hangUp }
        return .answer(presented(answer, call))
    }

    private func newRecord(_ call: GraphCall) -> CallRecord {
        var record = CallRecord(
            at: 0, method: call.method, path: call.path, operation: call.operation, ids: loggedIDs(call), notes: [])
        if calls.keepsTexts() { record.request = Redaction.text(call.parameters.json) }
        return record
    }

    /// One call: alone, of a batch, or for one of several ids.
    func answer(_ call: GraphCall) async -> EngineAnswer {
        var record = newRecord(call)
        let ids = record.ids
        // A world that cannot be written refuses the call itself.
        var fault: Fault?
        if world.hasFaults { fault = try? world.change { $0.strike(call.operation, ids: ids) } }
        record.fault = fault?.id
        if let fault, fault.delay > 0 { try? await Task.sleep(for: .milliseconds(fault.delay)) }
        let planned = fault.flatMap { fault in fault.error.map { (fault, $0) } }
        if fault?.drop == .before { return log(record, .hangUp) }
        if let (fault, error) = planned, !fault.isAfterEffect {
            let answer = fault.disfigured(dress(.failure(error), call, usage: reading(fault, call), appPercent: 0))
            return log(record, .answer(answer), code: error.code)
        }
        if let fault, let raw = fault.rawBody {
            return log(record, .answer(fault.disfigured(Self.raw(fault.rawStatus, raw))))
        }
        var performance = await perform(call, &record)
        if case .failure(let error) = performance.outcome { record.code = error.code }
        if case .reply(let reply) = performance.outcome {
            record.effect = reply.effect
            if let consequence = fault?.consequence { try? world.change { $0.happen(consequence, after: call) } }
        }
        if fault?.drop == .after { return log(record, .hangUp) }
        if let (fault, error) = planned {
            performance.outcome = .failure(error)
            performance.usage = reading(fault, call) ?? performance.usage
            record.code = error.code
        }
        if fault?.printsIDsAsNumbers == true, case .reply(var reply) = performance.outcome {
            reply.body = reply.body.withNumericIDs
            performance.outcome = .reply(reply)
        }
        var answer = dress(
            performance.outcome, call, usage: performance.usage, appPercent: performance.appPercent)
        if let fault { answer = fault.disfigured(answer) }
        return log(record, .answer(answer), code: record.code, at: performance.at)
    }

    /// Performs a call, with the handshake of the callback it names in between.
    private func perform(_ call: GraphCall, _ record: inout CallRecord) async -> Performance {
        var call = call
        if call.operation == .register { record.notes = world.read { $0.pinNote(call) } }
        let first = performOnce(call)
        guard case .handshake(let url, let verifyToken) = first.outcome else { return first }
        if let refusal = await handshake.refusal(of: url, verifyToken: verifyToken) {
            return Performance(
                outcome: .failure(.callbackRefused(refusal)), usage: first.usage, appPercent: 0,
                at: world.read { $0.now })
        }
        call.isHandshaken = true
        return performOnce(call)
    }

    private func performOnce(_ call: GraphCall) -> Performance {
        do {
            return try world.change { $0.perform(call) }
        } catch {
            logger.error("the sandbox's world could not be written", metadata: ["error": "\(error)"])
            return Performance(
                outcome: .failure(ErrorCatalog.error(2)), usage: nil, appPercent: 0, at: world.read { $0.now })
        }
    }

    private func reading(_ fault: Fault, _ call: GraphCall) -> UsageCounters.Reading? {
        fault.retryAfterMinutes.map { UsageCounters.Reading(id: call.nodeID, percent: 100, minutesToRegain: $0) }
    }

    private func log(
        _ record: CallRecord, _ answer: EngineAnswer, code: Int? = nil, at time: Milliseconds? = nil
    ) -> EngineAnswer {
        var record = record
        record.code = code
        if case .answer(let answer) = answer {
            note(record, answer, at: time)
        } else {
            record.at = time ?? world.read { $0.now }
            calls.add(record)
        }
        return answer
    }

    private func note(_ record: CallRecord, _ answer: GraphAnswer, at time: Milliseconds?) {
        var record = record
        record.at = time ?? world.read { $0.now }
        record.status = answer.status
        if record.request != nil { record.answer = Redaction.text(answer.body) }
        calls.add(record)
    }

    private static func raw(_ status: Int, _ body: String) -> GraphAnswer {
        GraphAnswer(status: status, headers: [:], body: .text(body, contentType: "text/html"))
    }
}

extension JSON {
    /// The same with every id printed as a number, as some of Meta's samples do.
    var withNumericIDs: JSON {
        switch self {
        case .object(let members):
            .object(
                members.map { member in
                    // A timezone's number is no id of an object.
                    guard member.name == "id" || member.name.hasSuffix("_id"), member.name != "timezone_id",
                        let number = member.value.number
                    else {
                        return Member(member.name, member.value.withNumericIDs)
                    }
                    return Member(member.name, .int(number))
                })
        case .array(let values): .array(values.map(\.withNumericIDs))
        case .null, .bool, .int, .decimal, .string: self
        }
    }
}
