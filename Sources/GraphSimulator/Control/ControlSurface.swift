// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird

/// `/_sandbox/…`: what no real Graph API has. Makes signups, faults, webhooks and time happen.
struct ControlSurface: Sendable {
    let world: World
    let calls: CallLog
    let configuration: SimulatorConfiguration
    let webhooks: WebhookControl

    func answer(_ method: HTTPRequest.Method, _ path: String, query: Substring, body: [UInt8]) async -> Response {
        // The yardstick of the benchmarks: a route that does nothing.
        if path == "/_sandbox/ping" { return Response(status: .ok) }
        var parameters = Parameters()
        parameters.add(query: query)
        do {
            if method == .put, path == "/_sandbox/world" { return try importWorld(body) }
            let json = try Self.parsed(body)
            return try route(method, path, parameters, json)
        } catch let failure as ControlFailure {
            return .json(failure.status, ["error": ["message": .string(failure.message)]])
        } catch let failure as WorldFailure {
            return .json(500, ["error": ["message": .string(failure.description)]])
        } catch {
            return .json(503, ["error": ["message": "the sandbox's world could not be written"]])
        }
    }

    static func parsed(_ body: [UInt8]) throws(ControlFailure) -> JSON {
        guard body.contains(where: { $0 > 0x20 }) else { return .object([]) }
        do throws(JSONParser.Failure) {
            let json = try JSONParser.parse(body)
            guard case .object = json else { throw JSONParser.Failure(offset: 0) }
            return json
        } catch {
            throw ControlFailure("body: a JSON object expected, fault at byte \(error.offset)")
        }
    }

    private func route(
        _ method: HTTPRequest.Method, _ path: String, _ parameters: Parameters, _ body: JSON
    ) throws -> Response {
        let noun = path.split(separator: "/").dropFirst().joined(separator: "/")
        switch (method, noun) {
        case (.get, ""): return .json(200, ["paths": .strings(Self.paths)])
        case (.post, "signups"): return try signUp(body)
        case (.post, "faults"): return try addFault(body)
        case (.get, "faults"): return .json(200, ["data": .array(world.read { $0.faults.map(\.json) })])
        case (.delete, "faults"):
            try world.change { $0.takeAwayFaults() }
            return .json(200, ["success": true])
        case (.get, "scenarios"): return .json(200, world.read { $0.scenarioList })
        case (.post, "scenarios"): return try beginScenario(body)
        case (.delete, "scenarios"): return try endScenario(nil)
        case (.post, "clock"): return try setClock(body)
        case (.get, "clock"): return .json(200, clock)
        case (.get, "calls"): return calls.listing(parameters)
        case (.delete, "calls"):
            calls.clear()
            return .json(200, ["success": true])
        case (.get, "effects"): return .json(200, effects)
        case (.get, "operations"): return .json(200, OperationTable.json)
        case (.get, "digest"): return .json(200, ["digest": .string(world.read { $0.digest() })])
        case (.get, "world"): return .json(200, world.read { $0.export() })
        case (.get, "world/export"): return try exportWorld()
        case (.post, "fleet"): return try createFleet(body)
        case (.post, "reset"): return try reset()
        case (.post, "seed"): return try seed(body)
        case (.post, "inbound"): return try receive(body)
        case (_, let noun) where noun == "webhooks" || noun.hasPrefix("webhooks/"):
            if let response = try webhooks.answer(method, noun.dropFirst(8), parameters, body) { return response }
            return .json(404, ["error": ["message": "no such path or method"]])
        case (.delete, _): return try remove(noun)
        default: return .json(404, ["error": ["message": "no such path or method"]])
        }
    }

    /// One thing of a list.
    private func remove(_ path: String) throws -> Response {
        let words = path.split(separator: "/")
        switch words.count == 2 ? words[0] : "" {
        case "faults": return try removeFault(words[1])
        case "scenarios": return try endScenario(String(words[1]))
        default: return .json(404, ["error": ["message": "no such path or method"]])
        }
    }

    static let paths = [
        "signups", "faults", "scenarios", "webhooks", "clock", "calls", "effects", "world", "world/export", "reset",
        "seed", "fleet", "inbound", "operations", "digest", "ping",
    ]
    .map { "/_sandbox/\($0)" }

    private func signUp(_ body: JSON) throws -> Response {
        let whole = world.read { $0.rehearsal.signup(body) }
        let order = try SignupOrder(whole, defaultDelay: configuration.reviewDelayMilliseconds)
        let result = try change { (state) throws(ControlFailure) in try state.signUp(order) }
        return .json(201, result)
    }

    func change(
        _ body: (inout WorldState) throws(ControlFailure) -> JSON
    ) throws -> JSON {
        try world.change { state -> Result<JSON, ControlFailure> in
            do throws(ControlFailure) {
                return .success(try body(&state))
            } catch {
                return .failure(error)
            }
        }.get()
    }

    /// Counts since the world began, restarts included.
    private var effects: JSON {
        let counts = world.read { $0.effects }
        return ["data": .object(counts.sorted { $0.key < $1.key }.map { .init($0.key, .int(Int64($0.value))) })]
    }

    private func seed(_ body: JSON) throws -> Response {
        let order = try SeedOrder(body)
        return .json(201, try change { (state) throws(ControlFailure) in state.seed(order) })
    }

    private func receive(_ body: JSON) throws -> Response {
        guard let id = body["phone_number_id"]?.text else { throw ControlFailure("phone_number_id: required") }
        let sender = (body["from"]?.text ?? "16505551234").filter(\.isNumber)
        let text = body["text"]?.text ?? "Does it come in another color?"
        let name = body["name"]?.text ?? "Sheena Nelson"
        let result = try change { (state) throws(ControlFailure) in
            guard let phone = state.phoneNumbers[id] else {
                throw ControlFailure("phone_number_id: unknown", status: 404)
            }
            return ["id": .string(state.receive(text, from: sender, name: name, at: phone))]
        }
        return .json(201, result)
    }
}
