// SPDX-License-Identifier: Apache-2.0
package import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Asks a server a dialect's cases, one after the other, each once.
package struct ConformanceRunner: Sendable {
    private let baseURL: String
    private let http: HTTPClient
    private let allowsChanges: Bool
    private let isStrict: Bool
    private let patience: Duration

    /// `allowsChanges`: also what costs or changes something. `isStrict`: members that the documents do not show differ.
    /// `patience`: how long what comes about after a while is waited for.
    package init(
        baseURL: String, allowsChanges: Bool, isStrict: Bool = false, patience: Duration = .seconds(60),
        http: HTTPClient = .shared
    ) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.http = http
        self.allowsChanges = allowsChanges
        self.isStrict = isStrict
        self.patience = patience
    }

    package func run(_ dialect: Dialect, with values: ConformanceValues) async -> ConformanceReport {
        var values = values.drawing(["run.email", "run.phone", "run.uuid", "run.word"])
        // The vendor's tokens come from a host of their own, ours from this one.
        values.keepDefault("sinch.auth_url", baseURL)
        var lines: [ConformanceReport.Line] = []
        for item in dialect.cases { lines.append(await line(of: item, &values)) }
        return ConformanceReport(dialect: dialect.rawValue, baseURL: baseURL, lines: lines)
    }

    private func line(of item: ConformanceCase, _ values: inout ConformanceValues) async -> ConformanceReport.Line {
        guard allowsChanges || !item.isChange else { return skipped(item, "changes something: needs --allow-changes") }
        do throws(ConformanceValues.Missing) {
            let request = try prepared(item, values)
            let documented = try item.answer.map { answer throws(ConformanceValues.Missing) in
                try values.fill(answer, escape: Self.escaped(_:))
            }
            let end = ContinuousClock.now + patience
            var line = await asked(item, request, documented, &values)
            while item.isAwaited, line.result == .differs, ContinuousClock.now < end, !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(200))
                line = await asked(item, request, documented, &values)
            }
            return line
        } catch {
            return skipped(item, "needs " + Set(error.names).sorted().joined(separator: ", "))
        }
    }

    private func asked(
        _ item: ConformanceCase, _ request: HTTPClientRequest, _ documented: String?, _ values: inout ConformanceValues
    ) async -> ConformanceReport.Line {
        switch await send(request) {
        case .success(let (status, body)): judged(item, status, body, documented, &values)
        case .failure(let failure):
            ConformanceReport.Line(
                id: item.id, source: item.source, result: .differs, status: nil,
                notes: ["no answer: \(failure.reason)"], additions: [])
        }
    }

    private func skipped(_ item: ConformanceCase, _ reason: String) -> ConformanceReport.Line {
        ConformanceReport.Line(
            id: item.id, source: item.source, result: .skipped, status: nil, notes: [reason], additions: [])
    }

    private func judged(
        _ item: ConformanceCase, _ status: Int, _ body: Data, _ documented: String?, _ values: inout ConformanceValues
    ) -> ConformanceReport.Line {
        var comparison = JSONShape.Comparison()
        if !item.status.contains(status) {
            let range = item.status.count == 1 ? "\(item.status.lowerBound)" : "\(item.status.lowerBound) and above"
            comparison.differences.append("the status is \(status), documented: \(range)")
        }
        let answer = try? JSONSerialization.jsonObject(with: body, options: .fragmentsAllowed)
        if let documented, documented.isEmpty {
            if !body.isEmpty { comparison.differences.append("there is a body, and none is documented") }
        } else if let documented {
            let shape = try? JSONSerialization.jsonObject(with: Data(documented.utf8), options: .fragmentsAllowed)
            if let answer, let shape {
                let found = JSONShape.compare(answer, with: shape)
                comparison.differences += found.differences
                comparison.additions = found.additions
            } else {
                comparison.differences.append("the body is no JSON")
            }
        }
        for (name, path) in item.keeps {
            if let value = answer.flatMap({ Self.text(at: path, in: $0) }) { values.keep(name, value) }
        }
        if isStrict { comparison.differences += comparison.additions.map { "\($0) is not documented" } }
        return ConformanceReport.Line(
            id: item.id, source: item.source, result: comparison.differences.isEmpty ? .agrees : .differs,
            status: status, notes: comparison.differences, additions: comparison.additions)
    }

    private static func text(at path: String, in json: Any) -> String? {
        let value = path.split(separator: ".").reduce(json as Any?) { value, step in
            if let object = value as? [String: Any] { return object[String(step)] }
            guard let array = value as? [Any], let index = Int(step), array.indices.contains(index) else { return nil }
            return array[index]
        }
        return (value as? String) ?? (value as? NSNumber)?.stringValue
    }

    /// For the inside of a JSON text.
    private static func escaped(_ text: String) -> String {
        guard let data = try? JSONEncoder().encode(text) else { return text }
        return String(String(decoding: data, as: UTF8.self).dropFirst().dropLast())
    }
}

// MARK: Sending

extension ConformanceRunner {
    private struct NoAnswer: Error {
        let reason: String
    }

    private func prepared(
        _ item: ConformanceCase, _ values: ConformanceValues
    ) throws(ConformanceValues.Missing) -> HTTPClientRequest {
        let path = try values.fill(item.path)
        var request = HTTPClientRequest(url: path.hasPrefix("/") ? baseURL + path : path)
        request.method = HTTPMethod(rawValue: item.method)
        for (name, value) in item.headers { request.headers.add(name: name, value: try values.fill(value)) }
        switch item.body {
        case .none: break
        case .json(let text):
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: try values.fill(text, escape: Self.escaped(_:))))
        case .form(let fields):
            request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            var pairs: [String] = []
            for (name, value) in fields { pairs.append("\(name)=\(Self.formEncoded(try values.fill(value)))") }
            request.body = .bytes(ByteBuffer(string: pairs.joined(separator: "&")))
        case .multipart(let parts):
            let boundary = "conform-7f3a9c"
            request.headers.add(name: "content-type", value: "multipart/form-data; boundary=\(boundary)")
            var body = ""
            for part in parts {
                let file = part.fileName.map { "; filename=\"\($0)\"\r\nContent-Type: application/octet-stream" } ?? ""
                body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n"
                body += try values.fill(part.value) + "\r\n"
            }
            request.body = .bytes(ByteBuffer(string: body + "--\(boundary)--\r\n"))
        }
        return request
    }

    private static func formEncoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private func send(_ request: HTTPClientRequest) async -> Result<(Int, Data), NoAnswer> {
        do {
            let response = try await http.execute(request, timeout: .seconds(30))
            let body = try await response.body.collect(upTo: 4 << 20)
            return .success((Int(response.status.code), Data(body.readableBytesView)))
        } catch {
            return .failure(NoAnswer(reason: String(describing: error)))
        }
    }
}
