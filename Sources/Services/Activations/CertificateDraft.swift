// SPDX-License-Identifier: Apache-2.0
import Crypto
import Domain
import Foundation
import Store

/// A certificate on its way in: its pieces are sealed and stored as they come, so that an upload costs little memory whatever its size.
package actor CertificateDraft {
    /// What is wrong with an upload.
    package enum Fault: Error, Sendable, Hashable {
        case empty
        /// Not jpeg, png or pdf, whatever its name says.
        case otherType
        /// More than ``CertificateVault/sizeLimit``.
        case tooLarge
    }

    private let vault: CertificateVault
    private let name = UUID().uuidString.lowercased()
    private var buffer: [UInt8] = []
    private var digest = SHA256()
    private var size = 0
    private var type: CertificateType?
    private var fault: Fault?
    private var seal: CertificateSeal?
    private var chunkCount = 0
    private var isFinished = false

    init(vault: CertificateVault) { self.vault = vault }

    /// Takes the next bytes. After a fault nothing more is kept: ``check()`` says what it was.
    package func append(_ bytes: some Sequence<UInt8> & Sendable) async throws {
        guard fault == nil else { return }
        let before = buffer.count
        buffer.append(contentsOf: bytes)
        size += buffer.count - before
        guard size <= CertificateVault.sizeLimit else { return await refuse(.tooLarge) }
        if type == nil, buffer.count >= CertificateType.signatureSize { await judge() }
        while fault == nil, buffer.count >= CertificateVault.chunkSize {
            try await store(Array(buffer.prefix(CertificateVault.chunkSize)))
        }
    }

    /// Throws what is wrong with what came. Nothing of a faulty upload stays.
    package func check() async throws(Fault) {
        if fault == nil, type == nil {
            if buffer.isEmpty { fault = .empty } else { await judge() }
        }
        if let fault { throw fault }
    }

    /// Nothing stays.
    package func discard() async {
        buffer = []
        guard seal != nil else { return }
        seal = nil
        isFinished = false
        try? await vault.remove(name)
    }

    /// For what never came to be finished: afterwards its fate is decided with its row.
    package func discardUnlessFinished() async {
        if !isFinished { await discard() }
    }

    /// Stores the rest: afterwards the certificate is durable as a whole.
    func finish() async throws -> Certificate {
        try await check()
        guard let type else { throw Fault.otherType }
        if !buffer.isEmpty { try await store(buffer) }
        isFinished = true
        return Certificate(name: name, type: type, size: size, sha256: Self.hex(digest.finalize()))
    }

    private func judge() async {
        type = CertificateType(leadingBytes: buffer)
        if type == nil { await refuse(.otherType) }
    }

    private func refuse(_ fault: Fault) async {
        self.fault = fault
        await discard()
    }

    /// The first bytes of the buffer leave it before anything is awaited: whoever appends meanwhile comes behind.
    private func store(_ chunk: [UInt8]) async throws {
        buffer.removeFirst(chunk.count)
        digest.update(data: chunk)
        let position = chunkCount
        chunkCount += 1
        let current: CertificateSeal
        if let seal {
            current = seal
        } else {
            current = try await vault.begin(name)
            seal = current
        }
        try await vault.append(chunk, at: position, current)
    }

    private static func hex(_ digest: SHA256Digest) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
