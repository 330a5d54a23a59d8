// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The simulator alone: start-up, node reads beside a route of the same process that does nothing, pages of long lists, memory.
struct SandboxBench {
    let options: CommonOptions
    let sandbox: SandboxBenchOptions

    private static let partner = "2729063490586005"
    private static let token = "EAAJB0kPZAsandbox1SystemUserTokenZBqk5XWb2vTf8sZCh3wRnLm"
    /// A fleet has 1.3 WABAs a business on average.
    private var businesses: Int { sandbox.wabas * 10 / 13 }

    func run(in workspace: Workspace) async throws {
        try await starts(workspace)
        let small = try await Running.start(options, workspace, ["--businesses", "770", "--seed", "7"])
        let few = try await pages(of: small)
        await small.process.stop()
        let large = try await Running.start(options, workspace, ["--businesses", "\(businesses)", "--seed", "7"])
        let many = try await pages(of: large)
        Report.table(
            "A page of 100 WABAs of a long list, one caller: median (p99) in ms",
            ["WABAs", "first page", "next page by cursor", "filter, sort and summary", "page bytes"], [few, many])
        try await reads(of: large, workspace)
        await large.process.stop()
    }

    // MARK: Start-up

    private struct Running {
        let process: ChildProcess
        let url: String
        let seconds: Double

        static func start(
            _ options: CommonOptions, _ workspace: Workspace, _ world: [String]
        ) async throws -> Running {
            let clock = ContinuousClock()
            let begun = clock.now
            let process = try ChildProcess(
                binary: options.binary, arguments: ["sandbox", "--port", "0", "--log-level", "error"] + world,
                log: workspace.file("sandbox.log"))
            let url = try await process.line(after: "graph simulator on ")
            return Running(process: process, url: url, seconds: begun.duration(to: clock.now) / .seconds(1))
        }
    }

    private func starts(_ workspace: Workspace) async throws {
        let kept = workspace.file("kept-world").path
        let worlds: [(name: String, arguments: [String], count: Int)] = [
            ("empty", [], sandbox.starts),
            ("a fleet of 1,000 businesses", ["--businesses", "1000", "--seed", "7"], sandbox.starts),
            ("the same, kept on disk", ["--data", kept, "--businesses", "1000", "--seed", "7"], sandbox.starts),
            (
                "a fleet of \(Report.grouped(Double(businesses))) businesses",
                ["--businesses", "\(businesses)", "--seed", "7"], 1
            ),
        ]
        var rows: [[String]] = []
        for world in worlds {
            var seconds: [Double] = []
            var memory = ""
            for _ in 0..<world.count {
                let running = try await Running.start(options, workspace, world.arguments)
                seconds.append(running.seconds)
                memory = running.process.residentMiB().map { Report.fixed($0, 1) } ?? "unknown"
                await running.process.stop()
            }
            rows.append([world.name, Self.spread(seconds.map { $0 * 1000 }), memory])
        }
        Report.table(
            "Start-up of `gangway sandbox`: exec to listening", ["world", "ms, median (min–max)", "MiB then"], rows)
    }

    private static func spread(_ values: [Double]) -> String {
        let samples = Samples(values)
        guard values.count > 1 else { return Report.fixed(samples.median, 0) }
        return "\(Report.fixed(samples.median, 0)) (\(Report.fixed(samples.least, 0))–\(Report.fixed(samples.most, 0)))"
    }

    // MARK: Lists

    private struct Page: Decodable {
        struct Item: Decodable {
            let id: String
        }

        struct Paging: Decodable {
            let cursors: [String: String]
        }

        struct Summary: Decodable {
            let total_count: Int
        }

        let data: [Item]
        let paging: Paging?
        let summary: Summary?
    }

    private func list(_ url: String, _ query: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(
            url: "\(url)/v26.0/\(Self.partner)/client_whatsapp_business_accounts?limit=100\(query)")
        request.headers.add(name: "authorization", value: "Bearer \(Self.token)")
        return request
    }

    private func pages(of running: Running) async throws -> [String] {
        let caller = Caller(connections: 1)
        let filter =
            "%5B%7B%22field%22%3A%22creation_time%22%2C%22operator%22%3A%22GREATER_THAN%22%2C%22value%22%3A%221700000000%22%7D%5D"
        let sorted = "&sort=creation_time_ascending&summary=true&filtering=\(filter)"
        let whole: Page = try caller.decode(try await caller.send(list(running.url, "&summary=true")))
        var (first, next, narrowed): ([Double], [Double], [Double]) = ([], [], [])
        var cursor = whole.paging?.cursors["after"] ?? ""
        var bytes = 0
        for _ in 0..<sandbox.pages {
            let (_, firstTime) = try await timed(caller, list(running.url, ""))
            let (page, nextTime) = try await timed(caller, list(running.url, "&after=\(cursor)"))
            let (_, sortedTime) = try await timed(caller, list(running.url, sorted))
            first.append(firstTime)
            next.append(nextTime)
            narrowed.append(sortedTime)
            bytes = page.readableBytes
            let read: Page = try caller.decode(page)
            cursor = read.paging?.cursors["after"] ?? whole.paging?.cursors["after"] ?? ""
        }
        await caller.shutDown()
        return [Report.grouped(Double(whole.summary?.total_count ?? 0))] + [first, next, narrowed].map(Self.latency)
            + [Report.grouped(Double(bytes))]
    }

    private func timed(_ caller: Caller, _ request: HTTPClientRequest) async throws -> (ByteBuffer, Double) {
        let clock = ContinuousClock()
        let begun = clock.now
        let body = try await caller.send(request)
        return (body, begun.duration(to: clock.now) / .milliseconds(1))
    }

    private static func latency(_ milliseconds: [Double]) -> String {
        let sorted = milliseconds.sorted()
        let late = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        return "\(Report.fixed(Samples(milliseconds).median, 2)) (\(Report.fixed(late, 2)))"
    }

    // MARK: Node reads

    private struct Round {
        let perSecond: Double
        let p99: Double
        let processorMicroseconds: Double
    }

    private func reads(of running: Running, _ workspace: Workspace) async throws {
        let ids = try await wabaIDs(running, count: min(20_000, sandbox.wabas))
        let host = running.url.replacingOccurrences(of: "http://", with: "")
        let files = try ["empty": ids.map { _ in "/_sandbox/ping" }, "node": ids.map { "/v26.0/\($0)" }].mapValues {
            try write($0, host: host, to: workspace.file("sandbox-\($0[0].count)"))
        }
        let generator = LoadGenerator(
            workspace: workspace, connections: sandbox.connections, seconds: sandbox.seconds)
        var rounds: [String: [Round]] = [:]
        for number in 0...sandbox.rounds {
            for name in ["empty", "node"] {
                guard let file = files[name] else { continue }
                let before = running.process.processorSeconds()
                let result = try await generator.run(file.url, length: file.length, host: running.url)
                let used = (running.process.processorSeconds() - before) * 1_000_000 / max(1, result.requests)
                guard result.refused == 0, result.broken == 0 else {
                    throw BenchFailure(description: "\(name): \(result.refused) refused, \(result.broken) broken")
                }
                Report.line(
                    "  \(number == 0 ? "warm-up" : "round \(number)") \(name): \(Report.grouped(result.perSecond))/s")
                if number > 0 {
                    rounds[name, default: []].append(
                        Round(perSecond: result.perSecond, p99: result.p99 / 1000, processorMicroseconds: used))
                }
            }
        }
        report(rounds["empty"] ?? [], rounds["node"] ?? [], memory: running.process.residentMiB())
    }

    private func report(_ empty: [Round], _ node: [Round], memory: Double?) {
        let row = { (name: String, rounds: [Round]) in
            [
                name, Report.grouped(Samples(rounds.map(\.perSecond)).median),
                Report.fixed(Samples(rounds.map(\.p99)).median, 2),
                Report.fixed(Samples(rounds.map(\.processorMicroseconds)).median, 1),
            ]
        }
        Report.table(
            "Node reads with \(Report.grouped(Double(sandbox.wabas))) WABAs: \(sandbox.rounds) rounds of \(sandbox.seconds) s, "
                + "\(sandbox.connections) connections", ["route", "answers/s", "p99 ms", "processor µs an answer"],
            [row("empty route", empty), row("GET /v26.0/{WABA}", node)])
        let ratios = zip(empty, node).map { $1.perSecond / $0.perSecond }
        Report.line(
            "Ratio, median of rounds: \(Report.fixed(Samples(ratios).median, 2)) (target 0.5); "
                + "resident \(memory.map { Report.fixed($0, 0) } ?? "unknown") MiB")
    }

    private func wabaIDs(_ running: Running, count: Int) async throws -> [String] {
        let caller = Caller(connections: 1)
        var ids: [String] = []
        var cursor = ""
        while ids.count < count {
            let query = "&fields=id" + (cursor.isEmpty ? "" : "&after=\(cursor)")
            let page: Page = try caller.decode(try await caller.send(list(running.url, query)))
            ids += page.data.map(\.id)
            guard page.data.count == 100, let next = page.paging?.cursors["after"] else { break }
            cursor = next
        }
        await caller.shutDown()
        return ids
    }

    /// Requests of one length, so that the load generator need not search for their ends.
    private func write(_ paths: [String], host: String, to url: URL) throws -> (url: URL, length: Int) {
        let longest = paths.map(\.utf8.count).max() ?? 0
        var bytes = Data()
        var length = 0
        for path in paths {
            let pad = String(repeating: "x", count: longest - path.utf8.count + 1)
            let request =
                "GET \(path) HTTP/1.1\r\nhost: \(host)\r\nauthorization: Bearer \(Self.token)\r\nx-pad: \(pad)\r\n\r\n"
            length = request.utf8.count
            bytes.append(Data(request.utf8))
        }
        try bytes.write(to: url)
        return (url, length)
    }
}
