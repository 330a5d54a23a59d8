// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// A `gangway` process, its standard output read line by line, its log in a file.
final class ChildProcess: Sendable {
    private struct State {
        var lines: [String] = []
        var hasEnded = false
        var waiters: [(prefix: String, wake: CheckedContinuation<String?, Never>)] = []
    }

    private let process: Process
    private let state = Mutex(State())
    private let exit = Mutex<(hasExited: Bool, wake: CheckedContinuation<Void, Never>?)>((false, nil))

    var id: Int32 { process.processIdentifier }

    /// Starts at once. `log`: where its standard error goes.
    init(binary: String, arguments: [String], log: URL) throws {
        guard FileManager.default.isExecutableFile(atPath: binary) else {
            throw BenchFailure(description: "no binary at \(binary): swift build -c release --product gangway")
        }
        let descriptor = open(log.path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw BenchFailure(description: "cannot write \(log.path)") }
        let logFile = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        process = Process()
        process.executableURL = URL(filePath: binary)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardError = logFile
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.terminationHandler = { [weak self] _ in self?.noteExit() }
        try process.run()
        // Reading blocks, so it gets a thread that is not of the cooperative pool.
        Thread.detachNewThread { [weak self] in
            var rest = ""
            while case let data = output.fileHandleForReading.availableData, !data.isEmpty {
                rest += String(decoding: data, as: UTF8.self)
                while let end = rest.firstIndex(of: "\n") {
                    self?.note(String(rest[..<end]))
                    rest = String(rest[rest.index(after: end)...])
                }
            }
            self?.noteEnd()
        }
    }

    /// What follows `prefix` on the first line that begins with it.
    func line(after prefix: String) async throws -> String {
        let found = await withCheckedContinuation { wake in
            let known: String?? = state.withLock { state in
                if let line = state.lines.first(where: { $0.hasPrefix(prefix) }) { return line }
                if state.hasEnded { return .some(nil) }
                state.waiters.append((prefix, wake))
                return nil
            }
            if let known { wake.resume(returning: known) }
        }
        guard let found else { throw BenchFailure(description: "the server ended before it said: \(prefix)…") }
        return String(found.dropFirst(prefix.count))
    }

    func stop() async {
        process.terminate()
        await exited()
    }

    /// SIGKILL: nothing is flushed.
    func killHard() async {
        kill(id, SIGKILL)
        await exited()
    }

    func exited() async {
        await withCheckedContinuation { wake in
            let isOver = exit.withLock { exit in
                if !exit.hasExited { exit.wake = wake }
                return exit.hasExited
            }
            if isOver { wake.resume() }
        }
    }

    /// Resident memory in MiB; nil where there is no /proc.
    func residentMiB() -> Double? { status("VmRSS:") }
    func peakMiB() -> Double? { status("VmHWM:") }

    private func status(_ name: String) -> Double? {
        let line = procFile("/proc/\(id)/status").split(separator: "\n").first { $0.hasPrefix(name) }
        return line.flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }.flatMap { Double($0) }.map {
            $0 / 1024
        }
    }

    /// Seconds of processor time used so far, user and system.
    func processorSeconds() -> Double {
        let fields = procFile("/proc/\(id)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private func note(_ line: String) {
        let wakes = state.withLock { state in
            state.lines.append(line)
            let wakes = state.waiters.filter { line.hasPrefix($0.prefix) }.map(\.wake)
            state.waiters.removeAll { line.hasPrefix($0.prefix) }
            return wakes
        }
        for wake in wakes { wake.resume(returning: line) }
    }

    private func noteEnd() {
        let wakes = state.withLock { state in
            state.hasEnded = true
            defer { state.waiters = [] }
            return state.waiters.map(\.wake)
        }
        for wake in wakes { wake.resume(returning: nil) }
    }

    private func noteExit() {
        let wake = exit.withLock { exit in
            exit.hasExited = true
            defer { exit.wake = nil }
            return exit.wake
        }
        wake?.resume()
    }
}
