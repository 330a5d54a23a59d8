// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

extension WorldState {
    /// A fingerprint of everything that a call could change; what time alone brings about is left out.
    func digest() -> String {
        var hash = SHA256()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        func add(_ values: [String: some Encodable]) {
            for (key, value) in values.sorted(by: { $0.key < $1.key }) {
                hash.update(data: Array(key.utf8))
                hash.update(data: (try? encoder.encode(value)) ?? Data())
            }
        }
        add(businesses)
        add(wabas.byID)
        add(phoneNumbers.byID)
        add(codes)
        add(tokens)
        add(allocations)
        add(appSubscriptions)
        add(solutions)
        add(certifications)
        add(effects)
        return hex(hash.finalize())
    }
}
