// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How long an answer is held back, in milliseconds of the machine.
enum Latency: Sendable, Equatable {
    case fixed(Double)
    case uniform(Double, Double)
    /// With this mean; nothing takes longer than the second.
    case exponential(mean: Double, most: Double)
    /// Points of the distribution, such as 50: 120, 95: 900; straight lines between them, from 0 at 0.
    case percentiles([(share: Double, milliseconds: Double)])

    static let longest: Double = 600_000

    /// Nil when the body says nothing of latency.
    init?(_ body: JSON) throws(ControlFailure) {
        if let fixed = body["latency_ms"] {
            guard let value = fixed.number, (0...Int64(Self.longest)).contains(value) else {
                throw ControlFailure("latency_ms: 0 to \(Int(Self.longest)) expected")
            }
            self = .fixed(Double(value))
            return
        }
        guard let json = body["latency"] else { return nil }
        let object = try ControlObject(
            json, at: "latency", allowing: ["uniform_ms", "exponential_ms", "max_ms", "percentiles_ms"])
        let most = try object.fraction("max_ms") ?? Self.longest
        if let bounds = json["uniform_ms"]?.elements?.compactMap({ $0.text.flatMap(Double.init) }) {
            guard bounds.count == 2, bounds[0] >= 0, bounds[0] <= bounds[1], bounds[1] <= Self.longest else {
                throw ControlFailure("latency.uniform_ms: [least, most] expected")
            }
            self = .uniform(bounds[0], bounds[1])
        } else if let mean = try object.fraction("exponential_ms") {
            self = .exponential(mean: mean, most: min(most, Self.longest))
        } else if case .object(let members) = json["percentiles_ms"] {
            self = .percentiles(try Self.points(members))
        } else {
            throw ControlFailure("latency: uniform_ms, exponential_ms or percentiles_ms expected")
        }
    }

    private static func points(_ members: [JSON.Member]) throws(ControlFailure) -> [(Double, Double)] {
        var points: [(share: Double, milliseconds: Double)] = []
        for member in members {
            guard let share = Double(member.name), (0...100).contains(share),
                let value = member.value.text.flatMap(Double.init), (0...longest).contains(value)
            else {
                throw ControlFailure("latency.percentiles_ms.\(member.name): a percentage and milliseconds expected")
            }
            points.append((share / 100, value))
        }
        points.sort { $0.share < $1.share }
        guard !points.isEmpty, zip(points, points.dropFirst()).allSatisfy({ $0.milliseconds <= $1.milliseconds }) else {
            throw ControlFailure("latency.percentiles_ms: must rise")
        }
        return points
    }

    func sample(_ dice: inout SeededGenerator) -> Milliseconds {
        let chance = dice.nextFraction()
        switch self {
        case .fixed(let value): return Milliseconds(value)
        case .uniform(let least, let most): return Milliseconds(least + (most - least) * chance)
        case .exponential(let mean, let most): return Milliseconds(min(most, -mean * log(1 - chance)))
        case .percentiles(let points):
            var before = (share: 0.0, milliseconds: 0.0)
            for point in points {
                if chance <= point.share {
                    let width = point.share - before.share
                    let part = width > 0 ? (chance - before.share) / width : 1
                    return Milliseconds(before.milliseconds + (point.milliseconds - before.milliseconds) * part)
                }
                before = point
            }
            return Milliseconds(before.milliseconds)
        }
    }

    static func == (left: Latency, right: Latency) -> Bool { left.json == right.json }

    var json: JSON {
        func number(_ value: Double) -> JSON { .int(Int64(value)) }
        switch self {
        case .fixed(let value): return number(value)
        case .uniform(let least, let most): return ["uniform_ms": .array([number(least), number(most)])]
        case .exponential(let mean, let most): return ["exponential_ms": number(mean), "max_ms": number(most)]
        case .percentiles(let points):
            let members = points.map { JSON.Member("\($0.share * 100)", number($0.milliseconds)) }
            return ["percentiles_ms": .object(members)]
        }
    }
}
