// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation

/// The directory of certificate files, one flat folder for each world. A file is complete and durable before any row names it;
/// what no row names is swept.
package struct CertificateVault: Sendable {
    /// In bytes: 10 MiB.
    package static let sizeLimit = 10 << 20
    static let unfinishedSuffix = ".part"

    package let directory: String

    package init(directory: String) { self.directory = directory }

    /// An upload that begins. Nothing is on disk before the first bytes prove to be a certificate.
    package func receive() -> CertificateDraft { CertificateDraft(vault: self) }

    /// The whole file. Nil when it is gone.
    func read(_ name: String) async throws -> [UInt8]? {
        let path = path(of: name)
        return try await FileThread.run {
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            return Array(try Data(contentsOf: URL(filePath: path)))
        }
    }

    /// Does nothing when it is gone already.
    func remove(_ name: String) async throws {
        let path = path(of: name)
        try await FileThread.run { _ = try? FileManager.default.removeItem(atPath: path) }
    }

    /// Files that have not changed for `age`: names, unfinished uploads included.
    func names(olderThan age: Duration) async throws -> [String] {
        let directory = directory
        let border = Date(timeIntervalSinceNow: -Double(age.components.seconds))
        return try await FileThread.run {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
            return names.filter { name in
                let attributes = try? FileManager.default.attributesOfItem(atPath: directory + "/" + name)
                guard let changed = attributes?[.modificationDate] as? Date else { return false }
                return changed <= border
            }
        }
    }

    func path(of name: String) -> String { directory + "/" + name }
}
