// SPDX-License-Identifier: Apache-2.0
import Crypto
import Domain
import Foundation

/// A certificate on its way in: bytes go to disk as they come, so that an upload costs little memory whatever its size.
package actor CertificateDraft {
    /// What is wrong with an upload.
    package enum Fault: Error, Sendable, Hashable {
        case empty
        /// Not jpeg, png or pdf, whatever its name says.
        case otherType
        /// More than ``CertificateVault/sizeLimit``.
        case tooLarge
    }

    private static let bufferSize = 256 << 10

    private let vault: CertificateVault
    private let unfinished: String
    private var buffer: [UInt8] = []
    private var digest = SHA256()
    private var size = 0
    private var type: CertificateType?
    private var fault: Fault?
    private var descriptor: Int32?
    private var finished: Certificate?

    init(vault: CertificateVault) {
        self.vault = vault
        unfinished = vault.path(of: UUID().uuidString.lowercased() + CertificateVault.unfinishedSuffix)
    }

    /// Takes the next bytes. After a fault nothing more is kept: ``check()`` says what it was.
    package func append(_ bytes: some Sequence<UInt8> & Sendable) async throws {
        guard fault == nil else { return }
        let before = buffer.count
        buffer.append(contentsOf: bytes)
        size += buffer.count - before
        guard size <= CertificateVault.sizeLimit else { return await refuse(.tooLarge) }
        if type == nil, buffer.count >= CertificateType.signatureSize { await judge() }
        if fault == nil, buffer.count >= Self.bufferSize { try await flush() }
    }

    /// Throws what is wrong with what came. Nothing of a faulty upload stays on disk.
    package func check() async throws(Fault) {
        if fault == nil, type == nil {
            if buffer.isEmpty { fault = .empty } else { await judge() }
        }
        if let fault { throw fault }
    }

    /// Nothing stays.
    package func discard() async {
        buffer = []
        if let descriptor {
            self.descriptor = nil
            let path = unfinished
            _ = try? await FileThread.run {
                FileCalls.shut(descriptor)
                try? FileManager.default.removeItem(atPath: path)
            }
        }
        if let finished {
            self.finished = nil
            try? await vault.remove(finished.name)
        }
    }

    /// For what never came to be sealed: afterwards the file's fate is decided with its row.
    package func discardUnlessSealed() async {
        if finished == nil { await discard() }
    }

    /// Makes the file durable under its final name, then its directory entry.
    func seal(as id: ActivationID) async throws -> Certificate {
        try await check()
        guard let type else { throw Fault.otherType }
        try await flush()
        guard let descriptor else { throw Fault.empty }
        self.descriptor = nil
        let name = "\(id).\(type.rawValue)"
        let (source, target, directory) = (unfinished, vault.path(of: name), vault.directory)
        let certificate = Certificate(name: name, type: type, size: size, sha256: Self.hex(digest.finalize()))
        finished = certificate
        try await FileThread.run {
            defer { FileCalls.shut(descriptor) }
            try FileCalls.sync(descriptor)
            try FileCalls.rename(source, to: target, in: directory)
        }
        return certificate
    }

    private func judge() async {
        type = CertificateType(leadingBytes: buffer)
        if type == nil { await refuse(.otherType) }
    }

    private func refuse(_ fault: Fault) async {
        self.fault = fault
        await discard()
    }

    private func flush() async throws {
        let bytes = buffer
        buffer = []
        digest.update(data: bytes)
        let (known, path, directory) = (descriptor, unfinished, vault.directory)
        descriptor = try await FileThread.run {
            if let known {
                try FileCalls.writeAll(bytes, to: known)
                return known
            }
            try FileCalls.createDirectory(directory)
            let opened = try FileCalls.create(path)
            do {
                try FileCalls.writeAll(bytes, to: opened)
                return opened
            } catch {
                FileCalls.shut(opened)
                try? FileManager.default.removeItem(atPath: path)
                throw error
            }
        }
    }

    private static func hex(_ digest: SHA256Digest) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
