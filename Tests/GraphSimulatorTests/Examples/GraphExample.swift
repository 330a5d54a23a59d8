// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A case of the reference's graph-examples, copied to `Fixtures`: a request to Graph and the answer to it.
struct GraphExample: Sendable, CustomTestStringConvertible {
    struct Request: Sendable, Decodable {
        var method: String
        var path: String
        var query: [String: String]?
        var headers: [String: String]?
        var body: Shape?
    }

    struct Response: Sendable, Decodable {
        var status: Int
        var headers: [String: String]?
        var body: Shape
    }

    private struct File: Decodable {
        struct Case: Decodable {
            var name: String
            var request: Request?
            var response: Response?
        }

        var cases: [Case]?
    }

    var file: String
    var name: String
    /// Nil for what Meta sends, and for vectors.
    var request: Request?
    var response: Response?

    var key: String { "\(file): \(name)" }
    var testDescription: String { key }

    /// Every case of every file; a file without requests is one case of its own.
    static let all: [GraphExample] = {
        let folder = Bundle.module.resourceURL?.appendingPathComponent("Fixtures")
        let files = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path) } ?? []
        return files.filter { $0.hasSuffix(".json") }.sorted().flatMap { name -> [GraphExample] in
            guard let folder, let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else { return [] }
            let cases = (try? JSONDecoder().decode(File.self, from: data))?.cases ?? []
            let file = String(name.dropLast(".json".count))
            guard cases.contains(where: { $0.request != nil }) else { return [GraphExample(file: file, name: "all")] }
            return cases.map {
                GraphExample(file: file, name: $0.name, request: $0.request, response: $0.response)
            }
        }
    }()
}

/// A world in which an example makes sense: what its invented ids and secrets are called there.
struct Scene: Sendable {
    var names: [String: String] = [:]

    init(_ names: [String: String] = [:]) { self.names = names }

    func filled(_ text: String) -> String {
        names.reduce(text) { $0.replacing($1.key, with: $1.value) }
    }

    enum Name {
        static let businessToken = "EAAJbusinessTokenPlaceholder"
        static let systemToken = "EAAJsystemTokenPlaceholder"
        static let shortLivedToken = "EAAJshortLivedPlaceholder"
        static let code = "AQBhlXsctMxJYbwbrpybxlo9tLPGy"
        static let waba = "102290129340398"
        static let phone = "106540352242922"
        static let business = "506914307656634"
        static let allocation = "58501441721238"
        static let solution = "774485461512159"
        static let after = "QVFIUnh5ejk4Nw"
        static let proof = "7a8494b29e59bf27b7e653f0a7b6bb2ebb4e01dce85f67c4cc0c8c6e5ac26244"
        static let stranger = "100000000000001"
    }
}
