// SPDX-License-Identifier: Apache-2.0

/// An answer in Meta's error envelope. Source: Meta, error codes; reference section 12.
struct GraphError: Error, Sendable {
    var status: Int
    var type = "OAuthException"
    var code: Int
    var subcode: Int?
    var message: String
    /// `error_data.details`; nil leaves `error_data` out.
    var details: String?
    var userTitle: String?
    var userMessage: String?
    var isTransient: Bool?
    /// The third quoted word of `WWW-Authenticate`; nil leaves the header out.
    var challenge: String?

    func body(traceID: String) -> JSON {
        var members: [JSON.Member] = [
            .init("message", .string(message)), .init("type", .string(type)), .init("code", .int(Int64(code))),
        ]
        if let details {
            members.append(.init("error_data", ["messaging_product": "whatsapp", "details": .string(details)]))
        }
        if let subcode { members.append(.init("error_subcode", .int(Int64(subcode)))) }
        if let isTransient { members.append(.init("is_transient", .bool(isTransient))) }
        if let userTitle { members.append(.init("error_user_title", .string(userTitle))) }
        if let userMessage { members.append(.init("error_user_msg", .string(userMessage))) }
        members.append(.init("fbtrace_id", .string(traceID)))
        return ["error": .object(members)]
    }
}

extension GraphError {
    static let malformedBody = GraphError(
        status: 400, code: 100, message: "(#100) Invalid parameter: body is not valid JSON")

    static func parameter(_ message: String) -> GraphError {
        GraphError(status: 400, code: 100, message: "(#100) \(message)")
    }

    static func required(_ name: String) -> GraphError { parameter("The parameter \(name) is required.") }

    static func unknownPath(_ path: String) -> GraphError {
        GraphError(status: 400, code: 2500, message: "Unknown path components: \(path)")
    }

    static func unknownField(_ name: String, nodeType: String) -> GraphError {
        parameter("Tried accessing nonexisting field (\(name)) on node type (\(nodeType))")
    }

    static let missingToken = GraphError(
        status: 401, code: 104, message: "An access token is required to request this resource.",
        challenge: "invalid_request")

    static func token(subcode: Int?, _ message: String) -> GraphError {
        GraphError(
            status: 401, code: 190, subcode: subcode, message: "Error validating access token: \(message)",
            challenge: "invalid_token")
    }

    static let unparsableToken = GraphError(
        status: 401, code: 190, message: "Invalid OAuth access token - Cannot parse access token",
        challenge: "invalid_token")

    /// The normal answer for a foreign or wrong id: Graph never says 404.
    static func missingObject(_ id: String, method: GraphMethod) -> GraphError {
        GraphError(
            status: 400, type: "GraphMethodException", code: 100, subcode: 33,
            message:
                "Unsupported \(method.rawValue) request. Object with ID '\(id)' does not exist, cannot be loaded due to "
                + "missing permissions, or does not support this operation. Please read the Graph API documentation at "
                + "https://developers.facebook.com/docs/graph-api")
    }

    /// Source: Meta, error codes of the overview: what `me` answers to an app's token.
    static let noUser = GraphError(
        status: 400, code: 2500,
        message: "An active access token must be used to query information about the current user.",
        challenge: "invalid_request")

    static func unknownAlias(_ alias: String) -> GraphError {
        GraphError(
            status: 404, code: 803, message: "(#803) Some of the aliases you requested do not exist: \(alias)")
    }

    static func tooManyIDs(_ count: Int) -> GraphError {
        parameter("Too many IDs. Maximum: \(GraphEngine.largestBatch). Provided: \(count).")
    }

    static func tooManyInBatch(_ most: Int) -> GraphError {
        GraphError(
            status: 400, type: "GraphBatchException", code: 100,
            message: "Too many requests in batch message. Maximum batch size is \(most)")
    }

    static let tooLarge = GraphError(status: 413, code: 1, message: "The request is too large.")

    /// The root of the API without `batch` or `ids`.
    static func unsupported(_ method: GraphMethod) -> GraphError {
        GraphError(
            status: 400, type: "GraphMethodException", code: 100,
            message: "Unsupported \(method.rawValue) request. Please read the Graph API documentation at "
                + "https://developers.facebook.com/docs/graph-api")
    }

    /// Subcode and texts as public integrations report them; not on Meta's error page.
    static func invalidTemplate(_ subcode: Int, _ title: String, _ text: String) -> GraphError {
        GraphError(
            status: 400, code: 100, subcode: subcode, message: "Invalid parameter", userTitle: title, userMessage: text,
            isTransient: false)
    }

    /// Source: reference section 7.3 (a list of somebody else's, or without Advanced Access).
    static let noAdvancedAccess = GraphError(
        status: 403, code: 200,
        message: "(#200) You do not have the necessary permissions required to perform this action.")

    static let permissions = GraphError(status: 403, code: 200, message: "(#200) Permissions error")

    static let secretProof = parameter("Invalid appsecret_proof provided in the API argument")

    static func oauth(_ code: Int, subcode: Int? = nil, _ message: String, challenge: String) -> GraphError {
        GraphError(status: 400, code: code, subcode: subcode, message: message, challenge: challenge)
    }

    /// Not on Meta's error page; the form the app dashboard and `/subscriptions` print.
    static func callbackRefused(_ reason: String) -> GraphError {
        GraphError(
            status: 400, code: 2200,
            message: "(#2200) Callback verification failed with the following errors: \(reason)")
    }
}
