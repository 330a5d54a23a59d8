// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keeps a second server off a SQLite file: a start frees all claims of its former self, which must not be somebody else's.
/// The kernel gives the lock back when the process ends, however it ends.
final class ProcessLock: Sendable {
    private let descriptor: Int32

    /// Throws when another process holds the lock at `path`.
    init(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SettingsError(description: "cannot open \(path): errno \(errno)") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw SettingsError(
                description:
                    "another server uses this SQLite database (\(path) is locked); several nodes need PostgreSQL")
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
