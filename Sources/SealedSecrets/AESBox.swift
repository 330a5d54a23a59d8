// SPDX-License-Identifier: Apache-2.0
import Crypto
import FoundationEssentials

/// Each part behind its length, so that no two lists of parts give the same bytes.
func authenticated(_ parts: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in parts {
        withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: part.utf8)
    }
    return bytes
}

/// Nonce (12 bytes, random), ciphertext, tag (16 bytes) of AES-256-GCM.
func sealBox(_ plaintext: [UInt8], key: SymmetricKey, head: [UInt8]) throws(SealError) -> [UInt8] {
    do {
        let box = try AES.GCM.seal(plaintext, using: key, authenticating: head)
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    } catch {
        throw .cryptography
    }
}

func openBox(_ sealed: ArraySlice<UInt8>, key: SymmetricKey, head: [UInt8]) throws(SealError) -> [UInt8] {
    guard sealed.count >= boxOverheadBytes, let box = try? AES.GCM.SealedBox(combined: sealed) else { throw .malformed }
    guard let plaintext = try? AES.GCM.open(box, using: key, authenticating: head) else { throw .refused }
    return Array(plaintext)
}

let boxOverheadBytes = 28
