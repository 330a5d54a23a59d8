// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import MetaChanges

@Suite struct IntakeLoadTests {
    /// Source: DESIGN section 7: Meta's 4,000 notifications a second are no load that applying must give way to.
    @Test(
        "applying rests 32 times as long as it kept the writer while many wait, at most 250 ms",
        arguments: [
            (waiting: 0, worked: Duration.milliseconds(4), rests: Duration.zero),
            (waiting: 15, worked: .milliseconds(4), rests: .zero),
            (waiting: 16, worked: .milliseconds(4), rests: .milliseconds(128)),
            (waiting: 500, worked: .milliseconds(400), rests: .milliseconds(250)),
            (waiting: 500, worked: .zero, rests: .zero),
        ])
    func pause(waiting: Int, worked: Duration, rests: Duration) {
        let load = IntakeLoad()
        for _ in 0..<waiting { load.enter() }
        load.note(worked: worked)
        #expect(load.pause() == rests)
    }

    @Test func `whoever has its answer waits no more`() {
        let load = IntakeLoad()
        for _ in 0..<40 { load.enter() }
        for _ in 0..<30 { load.leave() }
        load.note(worked: .milliseconds(4))
        #expect(load.pause() == .zero)
    }

    @Test func `what was rested for is not rested for again`() {
        let load = IntakeLoad()
        for _ in 0..<40 { load.enter() }
        load.note(worked: .milliseconds(2))
        load.note(worked: .milliseconds(3))
        #expect(load.pause() == .milliseconds(160))
        #expect(load.pause() == .zero)
    }

    @Test(
        "one transaction applies little while many wait",
        arguments: [(waiting: 15, units: 100), (waiting: 16, units: 10)])
    func units(waiting: Int, units: Int) {
        let load = IntakeLoad()
        for _ in 0..<waiting { load.enter() }
        #expect(load.unitsMax == units)
    }
}
