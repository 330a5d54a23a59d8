// SPDX-License-Identifier: Apache-2.0
import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Turns one HTTP answer into a value or an error. Pure.
struct GraphAnswerReader {
    let operation: String
    let secrets: [String]

    func read<Value: Decodable>(_ answer: TransportAnswer, as type: Value.Type) throws(GraphError) -> Value {
        guard (200...299).contains(answer.status) else { throw refusal(answer) }
        if isHTML(answer) { throw unreadable(answer, "The answer is a web page.") }
        do {
            let value = try decode(answer.body, as: type)
            guard let said = value as? any SaysSuccess, said.isSuccess == false else { return value }
        } catch {
            // An error under a 200 is an error; what else cannot be read may have happened all the same.
            if GraphErrorEnvelope(json: answer.body) != nil { throw refusal(answer) }
            throw unreadable(answer, answer.body.isEmpty ? "The answer is empty." : "The answer cannot be read.")
        }
        throw GraphError(
            class: .transient, reach: .answered, operation: operation, httpStatus: answer.status,
            message: "Meta answered success: false.", traceID: answer.headers["x-fb-trace-id"])
    }

    private func decode<Value: Decodable>(_ body: [UInt8], as type: Value.Type) throws -> Value {
        let value = try JSONDecoder().decode(type, from: Data(body))
        guard value is GraphRawAnswer else { return value }
        if GraphErrorEnvelope(json: body) != nil { throw ErrorUnderSuccess() }
        let raw = GraphRawAnswer(json: GraphRedaction.scrub(body, secrets: secrets))
        return raw as? Value ?? value
    }

    /// Meta's own words for who called through us; of other calls nobody asks for them.
    private func envelope(_ body: [UInt8]) -> String? {
        guard operation == ForwardedCall.operation else { return nil }
        return String(decoding: GraphRedaction.scrub(body, secrets: secrets), as: UTF8.self)
    }

    private func refusal(_ answer: TransportAnswer) -> GraphError {
        guard let body = isHTML(answer) ? nil : GraphErrorEnvelope(json: answer.body)?.error else {
            return faceless(answer)
        }
        var facts = GraphErrorTable.Answer(operation: operation, httpStatus: answer.status, code: body.code)
        facts.subcode = body.subcode
        facts.isTransient = body.isTransient ?? false
        facts.message = redact(body.message ?? "Meta gave no message.")
        facts.details = (body.data?.details ?? body.userMessage).map(redact)
        facts.traceID = (body.traceID ?? answer.headers["x-fb-trace-id"]).map(redact)
        facts.headers = answer.headers
        var error = GraphErrorTable.error(facts)
        error.envelope = envelope(answer.body)
        return error
    }

    /// An error without Meta's envelope comes from an edge or a proxy: never shown, since it may echo the request.
    private func faceless(_ answer: TransportAnswer) -> GraphError {
        var facts = GraphErrorTable.Answer(operation: operation, httpStatus: answer.status)
        facts.headers = answer.headers
        facts.traceID = answer.headers["x-fb-trace-id"].map(redact)
        let isRedirect = (300...399).contains(answer.status)
        facts.isTransient = !isRedirect
        facts.message = isRedirect ? "The address redirects elsewhere." : "The answer is not one of Graph's."
        return GraphErrorTable.error(facts)
    }

    private func unreadable(_ answer: TransportAnswer, _ message: String) -> GraphError {
        GraphError(
            class: .transient, reach: .unknown, operation: operation, httpStatus: answer.status, message: message,
            traceID: answer.headers["x-fb-trace-id"].map(redact))
    }

    private func isHTML(_ answer: TransportAnswer) -> Bool {
        answer.headers["content-type"]?.lowercased().hasPrefix("text/html") ?? false
    }

    private func redact(_ text: String) -> String { GraphRedaction.redact(text, secrets: secrets) }
}

/// Says only that the body holds an error.
private struct ErrorUnderSuccess: Error {}
