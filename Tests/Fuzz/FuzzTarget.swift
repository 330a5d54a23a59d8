// SPDX-License-Identifier: Apache-2.0

/// One parser under coverage-guided fuzzing: it gets bytes and must come back, whatever they are.
///
/// `check` traps (`precondition`) when an answer is wrong, and returns in every other case: a crash or a hang is the finding.
/// Only files of this target are instrumented, so the parser's own source is linked into `Subjects`: see README.md.
struct FuzzTarget: Sendable {
    /// Names the folder of its corpus below `Corpus`.
    let name: String
    /// Targets of one group share its time: `json`, `headers`, `multipart`.
    let group: String
    let check: @Sendable ([UInt8]) -> Void

    init(_ name: String, group: String, check: @escaping @Sendable ([UInt8]) -> Void) {
        self.name = name
        self.group = group
        self.check = check
    }

    static let all: [FuzzTarget] = json + headers + multipart + sinch + kaleyra
}
