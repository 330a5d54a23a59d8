// SPDX-License-Identifier: Apache-2.0
import Crypto
import FoundationEssentials

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Key-encryption keys on disk: one a line, oldest first, `<id> <base64 of 32 bytes>`; `#` starts a comment line.
///
/// To take a new key into use, append a line; old lines must stay until every data key is wrapped by the new one.
package enum KeyFile {
    /// Reads the keys, or creates the file with one new key, readable by its owner alone.
    ///
    /// Safe against another process doing the same: whoever comes second reads what the first wrote.
    package static func loadOrCreate(path: String) throws(KeyRingError) -> KeyRing {
        if let text = try read(path) { return try parse(text) }
        try create(path, text: line(.generate()))
        guard let text = try read(path) else { throw .file(path: path, operation: "open", errno: ENOENT) }
        return try parse(text)
    }

    /// Adds one new key to the file and answers with all of them. The whole file is written aside and put into place, under a
    /// lock of its folder: two processes that do so at once both keep what the other added.
    package static func addKey(path: String) throws(KeyRingError) -> KeyRing {
        let folder = open(directory(of: path), O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw .file(path: path, operation: "open", errno: errno) }
        defer { close(folder) }
        guard flock(folder, LOCK_EX) == 0 else { throw .file(path: path, operation: "lock", errno: errno) }
        var text = try read(path) ?? ""
        if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        text += line(.generate())
        let ring = try parse(text)
        try put(text, aside: path) { aside throws(KeyRingError) in
            guard rename(aside, path) == 0 else { throw .file(path: path, operation: "rename", errno: errno) }
        }
        return ring
    }

    /// The ring written in `text`, which may also come from an environment variable or a secret store.
    package static func parse(_ text: String) throws(KeyRingError) -> KeyRing {
        var keys: [KeyEncryptionKey] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            guard words.count == 2, words[0].utf8.count <= 64, let bytes = Data(base64Encoded: String(words[1])),
                bytes.count == 32
            else { throw .malformedLine(index + 1) }
            keys.append(KeyEncryptionKey(id: String(words[0]), key: SymmetricKey(data: bytes)))
        }
        return try KeyRing(keys: keys)
    }

    /// The line of a new key, to be appended to a key file.
    package static func newLine() -> String { line(.generate()) }

    private static func line(_ key: KeyEncryptionKey) -> String {
        "\(key.id) \(key.key.withUnsafeBytes { Data($0) }.base64EncodedString())\n"
    }

    /// The permission bits of the file at `path`; nil where there is none.
    package static func mode(path: String) -> UInt32? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        return UInt32(facts.st_mode & 0o777)
    }

    /// Nil when there is no such file.
    private static func read(_ path: String) throws(KeyRingError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .file(path: path, operation: "open", errno: errno)
        }
        defer { close(descriptor) }
        // Judged on the open descriptor, so that nobody can change the file between the look and the read.
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw .file(path: path, operation: "fstat", errno: errno) }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile(path: path) }
        guard facts.st_mode & 0o077 == 0 else { throw .open(path: path, mode: UInt32(facts.st_mode & 0o777)) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0) }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .file(path: path, operation: "read", errno: errno) }
            bytes += chunk[..<count]
        }
    }

    /// Written aside, synced, then linked into place: the name never shows half a file, and never replaces another's.
    private static func create(_ path: String, text: String) throws(KeyRingError) {
        try put(text, aside: path) { aside throws(KeyRingError) in
            guard link(aside, path) == 0 || errno == EEXIST else {
                throw .file(path: path, operation: "link", errno: errno)
            }
        }
    }

    private static func put(
        _ text: String, aside path: String, place: (String) throws(KeyRingError) -> Void
    ) throws(KeyRingError) {
        let aside = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max)).new"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(path: aside, operation: "create", errno: errno) }
        defer { unlink(aside) }
        do {
            defer { close(descriptor) }
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw KeyRingError.file(path: aside, operation: "write", errno: errno) }
                rest = rest.dropFirst(count)
            }
            guard fsync(descriptor) == 0 else { throw KeyRingError.file(path: aside, operation: "fsync", errno: errno) }
        }
        try place(aside)
        try syncDirectory(of: path)
    }

    private static func directory(of path: String) -> String {
        let slash = path.lastIndex(of: "/")
        return slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    private static func syncDirectory(of path: String) throws(KeyRingError) {
        let directory = directory(of: path)
        let descriptor = open(directory, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(path: directory, operation: "open", errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .file(path: directory, operation: "fsync", errno: errno) }
    }

    // The members of this type would hide the calls of the same name.
    private static func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Darwin)
            Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
            Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
            Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    private static func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
        write(descriptor, buffer.baseAddress, buffer.count)
    }
}
