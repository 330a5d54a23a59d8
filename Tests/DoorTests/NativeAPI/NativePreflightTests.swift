// SPDX-License-Identifier: Apache-2.0
import Domain
import Services
import Testing

/// What no test can do to its machine without harm is put into the preflight's surroundings, and looked for in what the route
/// answers. Source: docs/api.md, preflight.
@Suite(.timeLimit(.minutes(5))) struct NativePreflightTests {
    struct Trouble: Sendable, CustomTestStringConvertible {
        let check: String
        let severity: String
        /// A word of the remedy.
        let remedy: String
        let befalls: @Sendable (inout Doctor.Surroundings) -> Void

        init(
            _ check: String, _ severity: String, _ remedy: String,
            _ befalls: @escaping @Sendable (inout Doctor.Surroundings) -> Void
        ) {
            self.check = check
            self.severity = severity
            self.remedy = remedy
            self.befalls = befalls
        }

        var testDescription: String { "\(check) \(severity) \(remedy)" }
    }

    static let troubles = [
        Trouble("disk_space", "warning", "Make room") { $0.freeDisk = { 1_900 << 20 } },
        Trouble("disk_space", "error", "503") { $0.freeDisk = { 150 << 20 } },
        Trouble("disk_space", "warning", "Does the directory exist") { $0.freeDisk = { nil } },
        Trouble("clock_skew", "warning", "NTP") { $0.clockAhead = { 7 } },
        Trouble("clock_skew", "error", "NTP") { $0.clockAhead = { -3600 } },
        Trouble("clock_skew", "warning", "reach Meta") { $0.clockAhead = { nil } },
        Trouble("key_file", "error", "chmod 600 /data/keys") {
            $0.keyFile = { ServerRules.KeyFileFacts(mode: 0o644, keyIDs: []) }
        },
        Trouble("key_file", "error", "from its backup") {
            $0.keyFile = { ServerRules.KeyFileFacts(mode: nil, keyIDs: []) }
        },
        // The world's data keys are wrapped by one that is not in the file.
        Trouble("key_file", "error", "from its backup") {
            $0.keyFile = { ServerRules.KeyFileFacts(mode: 0o600, keyIDs: ["another"]) }
        },
        Trouble("api_version", "error", "v26.0") { $0.graphMajor = 12 },
        Trouble("embedded_signup_version", "error", "Launch v4") { $0.signupVersion = "v9" },
    ]

    @Test(arguments: troubles)
    func `what is wrong with the machine is found, with its remedy`(_ trouble: Trouble) async throws {
        var machine = DoorWorld.surroundings
        trouble.befalls(&machine)
        try await DoorWorld.run(on: machine) { world in
            try await world.native(world.worlds) { api in
                let report = try await api.with(world.operatorKey).get("doctor")
                #expect(report.status == 200)
                let indexes = 0..<(report.count("findings") ?? 0)
                let index = try #require(indexes.first { report["findings.\($0).check"] == trouble.check })
                #expect(report["findings.\(index).severity"] == trouble.severity)
                #expect(report["findings.\(index).remedy"]?.contains(trouble.remedy) == true, "\(report.text)")
            }
        }
    }

    @Test func `a machine on which all is well has no such finding`() async throws {
        try await DoorWorld.native { world, acme in
            let report = try await acme.with(world.operatorKey).get("doctor")
            let own = Set(Self.troubles.map(\.check)).subtracting(["key_file"])
            for index in 0..<(report.count("findings") ?? 0) {
                guard let check = report["findings.\(index).check"], own.contains(check) else { continue }
                #expect(report["findings.\(index).severity"] == "ok", "\(report.text)")
            }
        }
    }
}
