// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import GangwayServer
import GraphSimulator
import NIOCore
import NIOHTTP1

/// Onboardings from a code to a live number through the API, beside the same Graph calls made bare against the same sandbox,
/// which is a process of its own. Signups and customers are made before the clock starts.
struct OnboardingBench {
    let options: CommonOptions
    let onboardings: OnboardingOptions

    private struct Figures {
        var perSecond: [Double] = []
        var operations: [String: Int] = [:]
    }

    func run(in workspace: Workspace) async throws {
        let place = workspace.part("onboardings", options)
        let sandbox = try ChildProcess(
            binary: options.binary, arguments: ["sandbox", "--port", "0"], log: place.file("sandbox.log"))
        let graphURL = try await sandbox.line(after: "graph simulator on ")
        let server = try await Server.start(options, in: place, extra: ["--graph-url", graphURL])
        let caller = Caller(connections: max(64, onboardings.concurrency))
        let (gangway, bare) = try await measure(server, graphURL, caller)
        let resident = server.process.residentMiB()
        await server.process.stop()
        await sandbox.stop()
        await caller.shutDown()
        guard gangway.operations == bare.operations else {
            throw BenchFailure(description: "not the same Graph calls: \(gangway.operations) and \(bare.operations)")
        }
        report(gangway, bare, resident: resident)
    }

    private func measure(_ server: Server, _ graphURL: String, _ caller: Caller) async throws -> (Figures, Figures) {
        var (gangway, bare) = (Figures(), Figures())
        for batch in 0...onboardings.batches {
            let bareSeconds = try await runBare(server, graphURL, caller)
            let bareCalls = try await takeCalls(graphURL, caller)
            let seconds = try await runGangway(server, graphURL, caller)
            let calls = try await takeCalls(graphURL, caller)
            let (bareRate, rate) = (Double(onboardings.count) / bareSeconds, Double(onboardings.count) / seconds)
            Report.line(
                "  \(batch == 0 ? "warm-up" : "batch \(batch)"): bare \(Report.fixed(bareRate, 0))/s, "
                    + "onboarded \(Report.fixed(rate, 0))/s")
            guard batch > 0 else { continue }
            bare.perSecond.append(bareRate)
            bare.operations = bareCalls
            gangway.perSecond.append(rate)
            gangway.operations = calls
        }
        return (gangway, bare)
    }

    private func runBare(_ server: Server, _ graphURL: String, _ caller: Caller) async throws -> Double {
        let signups = try await signups(graphURL, caller)
        let bare = BareOnboarding(
            caller: caller, graphURL: graphURL, app: server.credentials.metaApp,
            systemUserID: SandboxApp.sample.systemUserID)
        return try await seconds {
            try await forEach(signups, atMost: onboardings.concurrency) { try await bare.run($0) }
        }
    }

    private func runGangway(_ server: Server, _ graphURL: String, _ caller: Caller) async throws -> Double {
        let signups = try await signups(graphURL, caller)
        let customers = try await customers(server, caller)
        let key = server.credentials.partner.apiKey
        let (baseURL, concurrency) = (server.baseURL, onboardings.concurrency)
        let before = try await liveCount(baseURL, caller)
        return try await seconds {
            try await forEach(Array(zip(signups, customers)), atMost: concurrency) { signup, customer in
                let _: OnboardingAnswer = try await caller.post(
                    baseURL + "/api/v1/onboardings",
                    json: ["customer_id": customer, "code": signup.code, "currency": "USD"], bearer: key)
            }
            let deadline = ContinuousClock.now + .seconds(60)
            while try await liveCount(baseURL, caller) < before + signups.count {
                guard ContinuousClock.now < deadline else {
                    throw BenchFailure(description: "not all are live after 60 s")
                }
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    private func signups(_ graphURL: String, _ caller: Caller) async throws -> [Signup] {
        try await gather(onboardings.count) { try await Signup.create(caller, graphURL: graphURL) }
    }

    private func customers(_ server: Server, _ caller: Caller) async throws -> [String] {
        let (url, key) = (server.baseURL + "/api/v1/customers", server.credentials.partner.apiKey)
        return try await gather(onboardings.count) {
            let customer: Created = try await caller.post(url, json: ["name": "Lucky Shrub"], bearer: key)
            return customer.id
        }
    }

    private func gather<Made: Sendable>(_ count: Int, _ make: @escaping @Sendable () async throws -> Made) async throws
        -> [Made]
    {
        try await withThrowingTaskGroup(of: Made.self) { group in
            var made: [Made] = []
            for index in 0..<count {
                if index >= onboardings.concurrency, let next = try await group.next() { made.append(next) }
                group.addTask { try await make() }
            }
            for try await next in group { made.append(next) }
            return made
        }
    }

    /// From the server's own gauge: one cheap question for all onboardings.
    private func liveCount(_ baseURL: String, _ caller: Caller) async throws -> Int {
        let gauges = try await Gauges.read(baseURL, caller)
        return Int(
            gauges.first { $0.key.hasPrefix("gangway_onboardings{") && $0.key.contains(#"state="live""#) }?.value ?? 0)
    }

    /// By operation, and forgets them.
    private func takeCalls(_ graphURL: String, _ caller: Caller) async throws -> [String: Int] {
        let log: CallLog = try await caller.get(graphURL + "/_sandbox/calls")
        var request = HTTPClientRequest(url: graphURL + "/_sandbox/calls")
        request.method = .DELETE
        try await caller.send(request)
        return Dictionary(log.data.map { ($0.operation, 1) }, uniquingKeysWith: +)
    }

    private func seconds(_ body: () async throws -> Void) async throws -> Double {
        try await ContinuousClock().measure(body) / .seconds(1)
    }

    private func report(_ gangway: Figures, _ bare: Figures, resident: Double?) {
        let (rate, floor) = (Samples(gangway.perSecond), Samples(bare.perSecond))
        let calls = bare.operations.values.reduce(0, +) / max(1, onboardings.count)
        let row = { (name: String, samples: Samples) in
            [
                name,
                "\(Report.fixed(samples.median, 0)) (\(Report.fixed(samples.least, 0))–\(Report.fixed(samples.most, 0)))",
                Report.grouped(samples.median * Double(calls)),
            ]
        }
        Report.table(
            "Onboardings (\(options.engine)): \(onboardings.batches) interleaved batches of \(onboardings.count), "
                + "\(onboardings.concurrency) requests at once, \(calls) Graph calls each",
            ["onboarding", "per second, median (min–max)", "Graph calls per second"],
            [row("the same Graph calls, bare", floor), row("code to live number, durable", rate)])
        Report.line("ratio of the medians: \(Report.fixed(rate.median / floor.median, 2))")
        if let resident { Report.line("resident memory after the load: \(Report.fixed(resident, 0)) MiB") }
    }
}

private struct Created: Decodable { let id: String }

private struct CallLog: Decodable {
    struct Call: Decodable { let operation: String }

    let data: [Call]
}
