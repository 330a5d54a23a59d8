// SPDX-License-Identifier: Apache-2.0
import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Tells the watch what of Meta's answers this version does not know. Only looks: no call fails or waits for it.
struct GraphNovelties: Sendable {
    let watch: MetaWatch?

    func look(at answer: TransportAnswer, of operation: String, error: GraphError?) {
        guard let watch else { return }
        if let error {
            guard let code = error.code, !GraphErrorTable.knows(code: code, subcode: error.subcode) else { return }
            let sample: JSONValue = [
                "code": .integer(Int64(code)), "status": .integer(Int64(error.httpStatus ?? 400)),
            ]
            return watch.note(MetaVocabulary.novelty(errorCode: code, of: operation)) { sample.text }
        }
        guard MetaVocabulary.watches(operation),
            let json = try? JSONDecoder().decode(JSONValue.self, from: Data(answer.body))
        else { return }
        for key in MetaVocabulary.novelties(inAnswer: json, of: operation) {
            watch.note(key) { json.harmless.text }
        }
    }
}
