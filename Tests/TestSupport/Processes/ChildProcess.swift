// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// A program that a test runs beside itself: its lines, its end, and a sure kill.
package final class ChildProcess: Sendable {
    package enum Exit: Sendable, Hashable {
        case code(Int32)
        case signal(Int32)
    }

    private enum Line: Sendable {
        case text(String)
        case end
    }

    private struct State {
        var exit: Exit?
        var waiters: [UInt64: CheckedContinuation<Exit?, Never>] = [:]
        var waiterCount: UInt64 = 0
        var rest = ""
    }

    private let process: Process
    private let state = Mutex(State())
    private let lines = Inbox<Line>()
    private let errorsPath: String
    private var outputPath: String { errorsPath + ".out" }

    /// Starts `executable` at once. Standard error goes to a file that ``errors`` reads; standard output is read by lines,
    /// or with `keepsOutput` goes to a file that ``output()`` reads.
    package init(
        _ executable: String, _ arguments: [String], errorsPath: String, keepsOutput: Bool = false
    ) throws {
        self.errorsPath = errorsPath
        process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        // A crash reporter would hold the pipes of a process that is killed on purpose.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        _ = FileManager.default.createFile(atPath: errorsPath, contents: nil)
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errorsPath))
        if keepsOutput {
            _ = FileManager.default.createFile(atPath: errorsPath + ".out", contents: nil)
            process.standardOutput = try FileHandle(forWritingTo: URL(filePath: errorsPath + ".out"))
        } else {
            readLines()
        }
        process.terminationHandler = { [weak self] process in
            let status = process.terminationStatus
            self?.ended(process.terminationReason == .uncaughtSignal ? .signal(status) : .code(status))
        }
        try process.run()
        Children.shared.add(process.processIdentifier)
    }

    deinit { kill() }

    /// On a thread of its own: a `readabilityHandler` that outlives its file handle ends the test process by SIGSEGV
    /// (swift-corelibs-foundation 6.3.1, seen in `_dispatch_event_loop_drain`).
    private func readLines() {
        let output = Pipe()
        process.standardOutput = output
        let reader = Thread { [weak self] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(output.fileHandleForReading.fileDescriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                self?.take(Data(buffer.prefix(max(0, count))))
                if count <= 0 { return }
            }
        }
        reader.start()
    }

    /// The first line with this beginning that no call has passed yet; throws when the output ends without it.
    package func line(startingWith prefix: String) async throws -> String {
        while true {
            switch try await lines.next() {
            case .text(let text): if text.hasPrefix(prefix) { return text }
            case .end: throw ProcessFault("no line \"\(prefix)\"; standard error: \(errors)")
            }
        }
    }

    /// Everything that it printed, once it has ended. Not by the end of a pipe: a process started meanwhile may hold it open.
    package func output(within patience: Duration) async throws -> [String] {
        guard await exit(within: patience) != nil else { throw ProcessFault("still running after \(patience)") }
        return try String(contentsOfFile: outputPath, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    /// How it ended, or nil when it still runs after `patience`.
    package func exit(within patience: Duration) async -> Exit? {
        let id = state.withLock { state in
            state.waiterCount += 1
            return state.waiterCount
        }
        let limit = Task { [weak self] in
            try? await Task.sleep(for: patience)
            self?.giveUp(id)
        }
        defer { limit.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let exit = state.withLock { state in
                    if state.exit == nil { state.waiters[id] = continuation }
                    return state.exit
                }
                if let exit { return continuation.resume(returning: exit) }
                if Task.isCancelled { giveUp(id) }
            }
        } onCancel: {
            giveUp(id)
        }
    }

    /// SIGKILL; nothing when it has ended.
    package func kill() { send(SIGKILL) }

    package func send(_ signal: Int32) {
        // A process that has ended may have lent its number to another.
        state.withLock { state in
            if state.exit == nil { _ = Foundation.kill(process.processIdentifier, signal) }
        }
    }

    /// The end of what it wrote to standard error.
    package var errors: String {
        String((try? String(contentsOfFile: errorsPath, encoding: .utf8))?.suffix(4000) ?? "")
    }

    private func take(_ data: Data) {
        let (complete, rest) = state.withLock { state -> ([String], String?) in
            if data.isEmpty { return ([], state.rest.isEmpty ? nil : state.rest) }
            var parts = (state.rest + String(decoding: data, as: UTF8.self))
                .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            state.rest = parts.removeLast()
            return (parts, nil)
        }
        for line in complete { lines.put(.text(line)) }
        if let rest { lines.put(.text(rest)) }
        if data.isEmpty { lines.put(.end) }
    }

    private func ended(_ exit: Exit) {
        Children.shared.remove(process.processIdentifier)
        let waiters = state.withLock { state in
            state.exit = exit
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: exit) }
    }

    private func giveUp(_ id: UInt64) {
        state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(returning: nil)
    }
}

/// A process that did not do what the test needs before it can begin.
package struct ProcessFault: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// Every child that still runs: killed when the test process ends, whatever a test forgot.
private final class Children: Sendable {
    static let shared = Children()
    private let running = Mutex<Set<Int32>>([])

    private init() {
        atexit { Children.shared.killAll() }
    }

    func add(_ id: Int32) { running.withLock { _ = $0.insert(id) } }
    func remove(_ id: Int32) { running.withLock { _ = $0.remove(id) } }

    private func killAll() {
        for id in running.withLock({ $0 }) { _ = Foundation.kill(id, SIGKILL) }
    }
}
