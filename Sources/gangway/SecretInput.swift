// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FoundationEssentials

/// A secret from a file, standard input or the environment.
enum SecretInput {
    /// `file` wins over `variable`; `-` is standard input. White space at the ends does not count. Nil when neither is given.
    static func read(file: String?, variable: String) throws -> String? {
        guard let file else { return ProcessInfo.processInfo.environment[variable] }
        let text = file == "-" ? standardInput() : try? String(contentsOfFile: file, encoding: .utf8)
        guard let text else { throw ValidationError("Cannot read \(file).") }
        let secret = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard !secret.isEmpty else { throw ValidationError("\(file == "-" ? "Standard input" : file) is empty.") }
        return secret
    }

    private static func standardInput() -> String {
        var text = ""
        while let line = readLine(strippingNewline: false) { text += line }
        return text
    }
}
