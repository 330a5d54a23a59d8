// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One case of an example file: what Meta documents as request and answer.
struct Example {
    let method: String
    let path: String
    let query: [String: String]
    let authorization: String?
    let body: [String: Any]?
    let status: Int
    let headers: [String: String]
    let answer: String

    struct Missing: Error {
        let name: String
    }

    static func object(_ file: String) throws -> [String: Any] {
        guard let url = Bundle.module.url(forResource: file, withExtension: "json", subdirectory: "Fixtures") else {
            throw Missing(name: file)
        }
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        return object as? [String: Any] ?? [:]
    }

    static func names(_ file: String) throws -> [String] {
        let cases = try object(file)["cases"] as? [[String: Any]] ?? []
        return cases.compactMap { $0["name"] as? String }
    }

    init(_ file: String, _ name: String) throws {
        let cases = try Self.object(file)["cases"] as? [[String: Any]] ?? []
        guard let found = cases.first(where: { $0["name"] as? String == name }),
            let request = found["request"] as? [String: Any], let response = found["response"] as? [String: Any]
        else { throw Missing(name: "\(file): \(name)") }
        method = request["method"] as? String ?? ""
        path = request["path"] as? String ?? ""
        query = request["query"] as? [String: String] ?? [:]
        authorization = (request["headers"] as? [String: String])?["Authorization"]
        body = request["body"] as? [String: Any]
        status = response["status"] as? Int ?? 0
        headers = response["headers"] as? [String: String] ?? [:]
        let content = response["body"] ?? ""
        answer =
            if let text = content as? String {
                text
            } else {
                String(decoding: try JSONSerialization.data(withJSONObject: content), as: UTF8.self)
            }
    }

    var stubAnswer: StubAnswer {
        let json = ["Content-Type": "application/json; charset=UTF-8"]
        return .reply(status: status, headers: json.merging(headers) { $1 }, body: answer)
    }
}
