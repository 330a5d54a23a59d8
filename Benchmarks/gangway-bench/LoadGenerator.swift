// SPDX-License-Identifier: Apache-2.0
import Foundation

/// `wrk` with one thread: it sends ready-made requests from a file, so that it costs the shared processors little.
struct LoadGenerator {
    struct Result: Decodable {
        let requests: Double
        let microseconds: Double
        let p50: Double
        let p99: Double
        /// Answers other than 2xx and 3xx.
        let refused: Double
        /// Connections that failed or timed out.
        let broken: Double

        var perSecond: Double { requests / (microseconds / 1_000_000) }
    }

    let workspace: Workspace
    let connections: Int
    let seconds: Int

    /// Sends the requests of `file`, each `length` bytes, in turn.
    func run(_ file: URL, length: Int, host: String) async throws -> Result {
        let script = workspace.file("send.lua")
        try Self.script(file: file.path, length: length).write(to: script, atomically: true, encoding: .utf8)
        let wrk = try ChildProcess(
            binary: try Self.binary(),
            arguments: ["-t1", "-c\(connections)", "-d\(seconds)s", "--timeout", "10s", "-s", script.path, host],
            log: workspace.file("wrk.log"))
        let json = try await wrk.line(after: "result ")
        await wrk.exited()
        return try JSONDecoder().decode(Result.self, from: Data(json.utf8))
    }

    private static func binary() throws -> String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        guard let found = folders.map({ "\($0)/wrk" }).first(where: FileManager.default.isExecutableFile(atPath:))
        else {
            throw BenchFailure(description: "wrk is not installed: apt-get install wrk")
        }
        return found
    }

    private static func script(file: String, length: Int) -> String {
        """
        local requests, length, next = nil, \(length), 0
        function init(args)
            requests = io.open("\(file)", "rb"):read("*a")
        end
        function request()
            local from = next
            next = (next + length) % #requests
            return requests:sub(from + 1, from + length)
        end
        function done(summary, latency, _)
            local errors = summary.errors
            io.write(string.format(
                'result {"requests":%d,"microseconds":%d,"p50":%.1f,"p99":%.1f,"refused":%d,"broken":%d}\\n',
                summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
                errors.connect + errors.read + errors.write + errors.timeout))
        end
        """
    }
}
