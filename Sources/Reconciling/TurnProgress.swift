// SPDX-License-Identifier: Apache-2.0
import Domain
import FoundationEssentials

/// How far a long piece of work is, kept in its work item: each turn does one page and writes where the next begins, in the
/// transaction of its results. Stored: members are never renamed.
struct TurnProgress: Codable, Sendable, Hashable {
    /// Meta's cursor, a WABA's id or a piece of a file, by what the work walks over; nil at the beginning.
    var cursor: String?
    /// Within a piece.
    var offset = 0
    /// Turns in a row that Meta did not serve.
    var failures = 0

    init() {}

    /// What cannot be read begins again: every page may be repeated.
    init(stored text: String?) {
        self = text.flatMap { try? JSONDecoder().decode(TurnProgress.self, from: Data($0.utf8)) } ?? TurnProgress()
    }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// Why a turn could not be done now.
enum TurnDelay: Sendable {
    /// Meta's limits; how long is known.
    case held(Duration, String)
    /// Meta did not serve it.
    case unserved(GraphError)
    /// No repeat can help.
    case refused(GraphError)

    init(_ error: GraphError) {
        switch error.class {
        case .wait: self = .held(error.retryAfter ?? .seconds(60), error.plainText)
        case .transient: self = .unserved(error)
        case .permanent, .needsPerson: self = .refused(error)
        }
    }
}

extension GraphError {
    /// For people: Meta's code and words.
    var plainText: String {
        let code = code.map { "Graph error \($0)" + (subcode.map { sub in "/\(sub)" } ?? "") }
        return [code, message].compactMap(\.self).joined(separator: ": ")
    }

    /// The limit of the app, not of one WABA. Source: Meta, error 4; a call that we held back names no code.
    func isOfApp(_ usagePercent: Int?) -> Bool {
        guard self.class == .wait else { return false }
        return code == 4 || (usagePercent ?? 0) >= 100
    }
}

/// Runs `body` for each element, so many at once, in any order; the results come in the order of the elements.
func inLanes<Element: Sendable, Result: Sendable>(
    _ count: Int, _ elements: [Element], _ body: @escaping @Sendable (Element) async -> Result
) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
        var results: [Result?] = Array(repeating: nil, count: elements.count)
        var begun = 0
        func begin() {
            guard begun < elements.count else { return }
            let (index, element) = (begun, elements[begun])
            begun += 1
            group.addTask { (index, await body(element)) }
        }
        for _ in 0..<count { begin() }
        while let (index, result) = await group.next() {
            results[index] = result
            begin()
        }
        return results.compactMap(\.self)
    }
}
