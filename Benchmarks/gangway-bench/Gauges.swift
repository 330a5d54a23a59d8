// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import NIOCore

/// `/metrics` of a server with one world, by name; a name without its labels holds the last of them.
enum Gauges {
    static func read(_ baseURL: String, _ caller: Caller) async throws -> [String: Double] {
        let text = String(buffer: try await caller.send(HTTPClientRequest(url: baseURL + "/metrics")))
        var values: [String: Double] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let end = line.lastIndex(of: " "), let value = Double(line[line.index(after: end)...]) else {
                continue
            }
            let name = line[..<end]
            values[String(name)] = value
            values[String(name.prefix { $0 != "{" })] = value
        }
        return values
    }
}
