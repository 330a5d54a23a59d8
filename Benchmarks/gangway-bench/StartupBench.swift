// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation

/// From exec to the first 200 of `/readyz`, on a database that an earlier start made; then memory while nothing happens. After
/// an intake run its database, left by SIGKILL with all it held, is started on too.
struct StartupBench {
    let options: CommonOptions
    let startup: StartupOptions

    func run(in workspace: Workspace) async throws {
        let small = workspace.part("startup", options)
        let first = try await start(small)
        await first.process.stop()
        var rows = [try await row("default, after an ordinary stop", small)]
        let filled = workspace.part("intake", options)
        if FileManager.default.fileExists(atPath: filled.data), filled.data != small.data {
            let recovered = try await start(filled)
            await recovered.process.killHard()
            rows.append([
                "first start on the intake's database after SIGKILL", milliseconds([recovered.seconds]), "", "",
            ])
            rows.append(try await row("default, on the intake's database", filled))
        }
        Report.table(
            "Start-up and memory (\(options.engine)): \(startup.starts) starts each, the simulator inside",
            ["database", "exec to ready, ms, median (min–max)", "idle MiB after \(startup.idleSeconds) s", "peak MiB"],
            rows)
    }

    private struct Started {
        let process: ChildProcess
        let seconds: Double
    }

    private func row(_ name: String, _ workspace: Workspace) async throws -> [String] {
        var seconds: [Double] = []
        var (idle, peak) = ("unknown", "unknown")
        for index in 1...startup.starts {
            let started = try await start(workspace)
            seconds.append(started.seconds)
            if index == startup.starts {
                try await Task.sleep(for: .seconds(startup.idleSeconds))
                idle = started.process.residentMiB().map { Report.fixed($0, 1) } ?? idle
                peak = started.process.peakMiB().map { Report.fixed($0, 1) } ?? peak
            }
            await started.process.stop()
        }
        return [name, milliseconds(seconds), idle, peak]
    }

    private func start(_ workspace: Workspace) async throws -> Started {
        let port = try Self.freePort()
        let caller = Caller(connections: 1)
        let clock = ContinuousClock()
        let begun = clock.now
        let process = try Server.launch(options, in: workspace, extra: ["--port", "\(port)"])
        let deadline = begun + .seconds(30)
        while await !isReady(port, caller) {
            guard clock.now < deadline else { throw BenchFailure(description: "not ready after 30 s") }
            try await Task.sleep(for: .milliseconds(2))
        }
        let seconds = begun.duration(to: clock.now) / .seconds(1)
        await caller.shutDown()
        // A stop before the start is complete would measure something else next time.
        _ = try await process.line(after: "keys in ")
        return Started(process: process, seconds: seconds)
    }

    /// A refused connection is an answer too: not yet.
    private func isReady(_ port: Int, _ caller: Caller) async -> Bool {
        (try? await caller.send(HTTPClientRequest(url: "http://127.0.0.1:\(port)/readyz"))) != nil
    }

    private func milliseconds(_ seconds: [Double]) -> String {
        let samples = Samples(seconds.map { $0 * 1000 })
        guard seconds.count > 1 else { return Report.fixed(samples.median, 0) }
        return "\(Report.fixed(samples.median, 0)) (\(Report.fixed(samples.least, 0))–\(Report.fixed(samples.most, 0)))"
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard result == 0 else { throw BenchFailure(description: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
