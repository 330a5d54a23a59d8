// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Testing

/// A row of the specification: one documented exchange, how we make it, and what we read in its answer.
struct DocumentedCall: Sendable, CustomTestStringConvertible {
    let file: String
    let name: String
    let operation: String
    /// Parameters we send beyond those the example shows.
    let added: Set<String>
    /// What the answer must read as, or `error CLASS CODE/SUBCODE`.
    let reads: String
    let perform: @Sendable (GraphClient) async throws -> String

    var testDescription: String { "\(file): \(name)" }

    init<R: GraphRequest>(
        _ file: String, _ name: String, _ request: R, added: Set<String> = ["appsecret_proof"], reads: String,
        summary: @escaping @Sendable (R.Response) -> String
    ) {
        self.file = file
        self.name = name
        operation = R.operation
        self.added = added
        self.reads = reads
        perform = { client in
            do throws(GraphError) {
                return summary(try await client.send(request))
            } catch {
                return "error \(error.class.rawValue) \(error.code ?? 0)/\(error.subcode ?? 0)"
            }
        }
    }

    static let all =
        tokens + wabas + lists + subscriptions + users + numbers + registration + messages + credit
        + solutions
}

/// The optional as text, so that a missing member shows as `-`.
func text(_ values: Any?...) -> String {
    values.map { value in value.map { "\($0)" } ?? "-" }.joined(separator: " ")
}
