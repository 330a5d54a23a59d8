// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension ControlSurface {
    /// The whole world as JSON lines, secrets included: what `PUT` takes back.
    func exportWorld() throws -> Response {
        var buffer = ByteBuffer()
        try WorldFile.encode(world.snapshot) { buffer.writeBytes($0) }
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson"], body: ResponseBody(byteBuffer: buffer))
    }

    /// A seed file or an export in the place of the world that is there.
    func importWorld(_ body: [UInt8]) throws -> Response {
        try world.replace { firstEventID in
            var state = try WorldState(bare: configuration)
            try state.takeIn(Data(body), firstEventID: firstEventID)
            if configuration.isClockOfServer, state.clock.speed != 1 { state.setClock { $0.run(atSpeed: 1) } }
            return state
        }
        calls.clear()
        webhooks.sent.clear()
        return .json(200, world.read { $0.size })
    }

    func createFleet(_ body: JSON) throws -> Response {
        let order = try FleetOrder(body)
        return .json(
            201,
            try change { (state) throws(ControlFailure) in
                try state.createFleet(order)
                return state.size
            })
    }

    func reset() throws -> Response {
        try world.reset()
        calls.clear()
        webhooks.sent.clear()
        return .json(200, ["success": true])
    }

    // MARK: Scenarios

    func beginScenario(_ body: JSON) throws -> Response {
        let isWrittenDown = ["signup", "rules", "webhooks"].contains { body[$0] != nil }
        if isWrittenDown {
            return .json(201, try change { (state) throws(ControlFailure) in try state.begin(custom: body).json })
        }
        let object = try ControlObject(body, allowing: ["name", "id"])
        guard let name = try object.text("name") else { throw object.failure("name", "required") }
        guard let scenario = Scenario.named(name) else {
            throw object.failure("name", "no such scenario; GET /_sandbox/scenarios lists them")
        }
        let id = try object.text("id")
        return .json(
            201,
            try change { (state) throws(ControlFailure) in
                try state.begin(scenario, objectID: id)
                return scenario.json
            })
    }

    func endScenario(_ name: String?) throws -> Response {
        guard try world.change({ $0.endScenario(name) }) || name == nil else {
            throw ControlFailure("no such scenario is in force", status: 404)
        }
        return .json(200, ["success": true])
    }

    // MARK: Faults

    func addFault(_ body: JSON) throws -> Response {
        .json(201, try change { (state) throws(ControlFailure) in try state.planFault(body).json })
    }

    func removeFault(_ id: Substring) throws -> Response {
        guard let id = Int(id), try world.change({ $0.takeAwayFault(id) }) else {
            throw ControlFailure("no such rule", status: 404)
        }
        return .json(200, ["success": true])
    }

    // MARK: Clock

    var clock: JSON {
        world.read { state in
            [
                "now": .string(SandboxClock.text(state.now)), "now_ms": .int(state.now),
                "offset_ms": .int(state.clock.offset), "speed": state.clock.speedNumber,
                "goes_with_server": .bool(configuration.isClockOfServer),
            ]
        }
    }

    func setClock(_ body: JSON) throws -> Response {
        let order = try ClockOrder(body)
        if configuration.isClockOfServer, order.changesSpeed {
            throw ControlFailure(
                "this clock goes with Gangway's, which neither stands still nor runs faster: advance both with "
                    + "gangway clock advance, or use a simulator of its own (gangway sandbox)", status: 409)
        }
        _ = try change { (state) throws(ControlFailure) in
            if order.isOfServer, state.clock.speed != 1 {
                throw ControlFailure(
                    "the simulator's clock is frozen or runs at another speed; a server's cannot follow: "
                        + "set {\"speed\": 1} first", status: 409)
            }
            state.setClock(order.apply)
            state.applyDueChanges()
            return .null
        }
        world.wakePump()
        return .json(200, clock)
    }
}

/// What `POST /_sandbox/clock` may say.
struct ClockOrder: Sendable {
    private var step: Milliseconds
    private var leastOffset: Milliseconds?
    private var leastTime: Milliseconds?
    private var speed: Double?

    init(_ body: JSON) throws(ControlFailure) {
        let longest = WorldState.longestStep
        let object = try ControlObject(
            body, allowing: ["advance_seconds", "advance_ms", "offset_at_least_ms", "to_ms", "freeze", "speed"])
        step =
            (try object.number("advance_seconds", in: 0...longest / 1000) ?? 0) * 1000
            + (try object.number("advance_ms", in: 0...longest) ?? 0)
        leastOffset = try object.number("offset_at_least_ms", in: 0...longest)
        leastTime = try object.number("to_ms", in: 0...4_102_444_800_000)
        if let freezes = body["freeze"] { speed = freezes.isTrue ? 0 : 1 }
        if let asked = try object.fraction("speed") {
            guard asked <= SandboxClock.fastest else {
                throw object.failure("speed", "at most \(Int(SandboxClock.fastest)) expected")
            }
            speed = asked
        }
    }

    var changesSpeed: Bool { speed.map { $0 != 1 } ?? false }

    /// Sent by a server that moves its own clock as well.
    var isOfServer: Bool { leastOffset != nil }

    /// Time never runs backwards: what lies behind is no step.
    func apply(to clock: inout SandboxClock) {
        if let speed { clock.run(atSpeed: speed) }
        clock.advance(by: step)
        if let leastOffset { clock.advance(by: max(0, leastOffset - clock.offset)) }
        if let leastTime { clock.advance(by: max(0, leastTime - clock.now)) }
    }
}

extension SandboxClock {
    var speedNumber: JSON { speed == speed.rounded() ? .int(Int64(speed)) : .decimal("\(speed)") }
}

extension WorldState {
    /// Ten years: the longest time that one call may pass.
    static let longestStep: Milliseconds = 10 * 366 * 86_400_000

    /// How much there is.
    var size: JSON {
        [
            "businesses": .int(Int64(businesses.count)), "wabas": .int(Int64(wabas.count)),
            "phone_numbers": .int(Int64(phoneNumbers.count)), "allocations": .int(Int64(allocations.count)),
            "tokens": .int(Int64(tokens.count)),
        ]
    }
}
