// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The package that these tests are part of, as it lies on disk.
enum WorkingTree {
    struct ManifestUnreadable: Error { let reason: String }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func swiftFiles(in folders: [String]) throws -> [SourceFile] {
        try folders.flatMap { folder -> [SourceFile] in
            let start = root.appending(path: folder)
            guard let walk = FileManager.default.enumerator(atPath: start.path) else {
                throw CocoaError(.fileReadNoSuchFile)
            }
            return try walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().map {
                SourceFile(
                    path: "\(folder)/\($0)", text: try String(contentsOf: start.appending(path: $0), encoding: .utf8))
            }
        }
    }

    static func foldersInSources() throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            at: root.appending(path: "Sources"), includingPropertiesForKeys: [.isDirectoryKey]
        ).filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }.map(\.lastPathComponent)
    }

    /// By target below `Sources`, the targets and products that the manifest declares.
    static func dependencies() async throws -> [String: Set<String>] {
        let manifest = try JSONDecoder().decode(Manifest.self, from: try await dumpedManifest())
        let rooms = manifest.targets.filter { $0.path == nil && $0.type != "test" }
        return Dictionary(uniqueKeysWithValues: rooms.map { ($0.name, Set($0.dependencies.map(\.name))) })
    }

    private static func dumpedManifest() async throws -> Data {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "gangway-manifest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        // A scratch folder of its own: the usual one is locked by the run that these tests belong to.
        process.arguments = [
            "swift", "package", "--package-path", root.path, "--scratch-path", scratch.path, "dump-package",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return try await withCheckedThrowingContinuation { continuation in
            // Reading blocks, so it gets a thread that is not of the cooperative pool.
            Thread.detachNewThread {
                let data = output.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                if process.terminationStatus == 0 {
                    continuation.resume(returning: data)
                } else {
                    let reason = "swift package dump-package ended with status \(process.terminationStatus)"
                    continuation.resume(throwing: ManifestUnreadable(reason: reason))
                }
            }
        }
    }
}

private struct Manifest: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let path: String?
        let dependencies: [Dependency]
    }

    /// `{"byName": [name, …]}`, `{"product": [name, package, …]}` or `{"target": [name, …]}`.
    struct Dependency: Decodable {
        let name: String

        init(from decoder: any Decoder) throws {
            let kinds = try decoder.container(keyedBy: Kind.self)
            guard let kind = kinds.allKeys.first else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "unknown kind of dependency"))
            }
            var values = try kinds.nestedUnkeyedContainer(forKey: kind)
            name = try values.decode(String.self)
        }

        enum Kind: String, CodingKey { case byName, product, target }
    }

    let targets: [Target]
}
