// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A call to the file system that failed; never shown to a client.
package struct FileFault: Error, Sendable, CustomStringConvertible {
    let call: String
    let code: Int32

    package var description: String { "\(call): errno \(code)" }
}

/// The blocking calls that make a file durable. Source: POSIX fsync; reliability.md section 4.
enum FileCalls {
    /// A new file that only its owner reads.
    static func create(_ path: String) throws(FileFault) -> Int32 {
        try retried("open") { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
    }

    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(FileFault) {
        var written = 0
        while written < bytes.count {
            written += Int(
                try retried("write") {
                    bytes[written...].withUnsafeBytes { Int32(write(descriptor, $0.baseAddress, $0.count)) }
                })
        }
    }

    /// After this the bytes survive a crash of the machine.
    static func sync(_ descriptor: Int32) throws(FileFault) { _ = try retried("fsync") { fsync(descriptor) } }

    /// Gives a complete file its name, durably: the directory entry too is on disk afterwards.
    static func rename(_ source: String, to target: String, in directory: String) throws(FileFault) {
        _ = try retried("rename") { moved(source, target) }
        try syncDirectory(directory)
    }

    /// With its parents, the new entries durable.
    static func createDirectory(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let parent = URL(filePath: path).deletingLastPathComponent()
        try syncDirectory(parent.path)
        try syncDirectory(parent.deletingLastPathComponent().path)
    }

    static func syncDirectory(_ path: String) throws(FileFault) {
        let descriptor = try retried("open directory") { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(descriptor) }
        try sync(descriptor)
    }

    static func shut(_ descriptor: Int32) { close(descriptor) }

    private static func moved(_ source: String, _ target: String) -> Int32 {
        #if canImport(Glibc)
            Glibc.rename(source, target)
        #else
            Darwin.rename(source, target)
        #endif
    }

    private static func retried(_ call: String, _ body: () -> Int32) throws(FileFault) -> Int32 {
        while true {
            let result = body()
            if result >= 0 { return result }
            if errno != EINTR { throw FileFault(call: call, code: errno) }
        }
    }
}
