// SPDX-License-Identifier: Apache-2.0

/// Why a call to the server came to nothing. Its description is fit for a terminal; it holds no secret.
package enum ClientError: Error, Sendable, CustomStringConvertible {
    case unreachable(baseURL: String, cause: String)
    case refused(ProblemReport)
    /// The answer is not one of this API.
    case unreadable(status: Int)

    package var description: String {
        switch self {
        case .unreachable(let baseURL, let cause): "No answer from \(baseURL): \(cause)"
        case .refused(let problem): problem.description
        case .unreadable(let status): "The server's answer (HTTP \(status)) is not one of Gangway's API."
        }
    }
}

/// The server's problem details.
package struct ProblemReport: Error, Sendable, Hashable, Decodable, CustomStringConvertible {
    package struct Meta: Sendable, Hashable, Decodable {
        package let code: Int?
        package let subcode: Int?
        package let message: String
    }

    package let status: Int
    package let code: String
    package let detail: String
    package let requestID: String?
    package let meta: Meta?

    enum CodingKeys: String, CodingKey {
        case status
        case code
        case detail
        case requestID = "request_id"
        case meta
    }

    package var description: String {
        var text = "\(detail) (\(code), HTTP \(status)"
        if let requestID { text += ", request \(requestID)" }
        text += ")"
        if let meta { text += " Meta says: \(meta.message)" }
        return text
    }
}
