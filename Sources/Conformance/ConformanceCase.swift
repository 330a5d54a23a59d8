// SPDX-License-Identifier: Apache-2.0

/// One documented request with its documented answer.
///
/// `{{name}}` in path, headers and bodies stands for a value of ``ConformanceValues``; a case whose values are not given is
/// skipped, and the report says which are missing.
package struct ConformanceCase: Sendable {
    package enum Body: Sendable {
        case none
        /// Sent as it stands, with its values filled in.
        case json(String)
        /// `application/x-www-form-urlencoded`.
        case form([(name: String, value: String)])
        case multipart([Part])
    }

    package struct Part: Sendable {
        let name: String
        let value: String
        /// With a file name the part is a file.
        let fileName: String?

        init(_ name: String, _ value: String, fileName: String? = nil) {
            self.name = name
            self.value = value
            self.fileName = fileName
        }
    }

    /// Unique in its dialect: `tp-signup/400/waba_id`.
    package let id: String
    /// Page and row of the vendor's documents.
    package let source: String
    /// Costs or changes something at the server: asked only when allowed.
    package var isChange = false
    /// What it shows comes about after a while: asked again until it agrees, or time is up.
    package var isAwaited = false
    package let method: String
    /// Below the server's address; one that begins with a value is whole.
    package let path: String
    package var headers: [(name: String, value: String)] = []
    package var body = Body.none
    package let status: ClosedRange<Int>
    /// The body as JSON with ``JSONShape``'s marks; empty where none must come, nil where the documents do not say.
    package var answer: String?
    /// What later cases use: a value's name, and where it stands in the answer (`customer.customer_id`, `data.0.id`).
    package var keeps: [String: String] = [:]

    init(
        _ id: String, source: String, _ method: String, _ path: String, headers: [(name: String, value: String)] = [],
        body: Body = .none, status: ClosedRange<Int>, answer: String? = nil, keeps: [String: String] = [:],
        isChange: Bool = false, isAwaited: Bool = false
    ) {
        self.id = id
        self.source = source
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.status = status
        self.answer = answer
        self.keeps = keeps
        self.isChange = isChange
        self.isAwaited = isAwaited
    }
}
