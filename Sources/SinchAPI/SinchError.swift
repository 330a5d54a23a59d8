// SPDX-License-Identifier: Apache-2.0
import Domain

/// An error in Sinch's words ("PAPI error"): codes, texts, hyphens and the capital R as they are published.
/// Source: Sinch, Provisioning API 1.2.117. Resolutions that the documents do not give are ours.
struct SinchError: Error, Sendable {
    let status: Int
    let code: String
    let message: String
    let resolution: String
    var information: [String: JSONValue] = [:]

    init(_ status: Int, _ code: String, _ message: String, _ resolution: String) {
        self.status = status
        self.code = code
        self.message = message
        self.resolution = resolution
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "errorCode": .string(code), "message": .string(message), "resolution": .string(resolution),
        ]
        if !information.isEmpty { members["additionalInformation"] = .object(information) }
        return .object(members)
    }

    func with(_ name: String, _ value: JSONValue) -> SinchError {
        var error = self
        error.information[name] = value
        return error
    }

    // MARK: Every operation

    static func invalidInput(_ faults: [String]) -> SinchError {
        SinchError(400, "invalid_input", "Invalid input.", "Correct the validation errors and submit again.")
            .with("validationErrors", .array(faults.map { .string($0) }))
    }

    static let invalidPayload = SinchError(
        400, "invalid_payload", "Invalid payload.", "Correct payload and submit again.")
    static let invalidPageToken = SinchError(
        400, "invalid_page_token", "Invalid page token.",
        "The page token to use is provided in the previous query response, for new queries simply leave this field undefined."
    )
    static let invalidPageSize = SinchError(
        400, "invalid_page_size", "Page size must be numeric.", "Use a integer value for pageSize parameter.")
    static let projectNotInitialized = SinchError(
        400, "project_not_initialized", "Project not initialized for WhatsApp.",
        "Verify that the project ID is correct and that it has been onboarded for WhatsApp.")
    static let unauthorized = SinchError(
        401, "unauthorized_error", "Unauthorized error.", "Verify that projectId is correct.")
    static let projectNotFound = SinchError(
        404, "project_not_found", "Project not found.", "Verify that the projectId is correct.")
    static let internalError = SinchError(
        500, "internal_error", "Internal server error.",
        "Please wait and try again, if the error persist please contact support.")

    // MARK: Tags WhatsApp and Senders

    static let invalidFacebookToken = SinchError(
        400, "invalid_facebook_token", "Facebook token is invalid or has expired",
        "Provide a valid Facebook token and submit again.")
    static let invalidFacebookCode = SinchError(
        400, "invalid_facebook_code", "Facebook code is invalid or has expired",
        "Provide a valid Facebook code and submit again.")
    static let invalidBusinessManager = SinchError(
        400, "invalid_business_manager", "Invalid business manager.",
        "Provide a business manager that serves this region and submit again.")
    static let invalidBusinessManagerForEnvironment = SinchError(
        400, "invalid_business_manager_for_environment", "Invalid business manager for environment.",
        "Provide a business manager of this environment and submit again.")
    static let invalidFilterStates = SinchError(
        400, "invalid_filter_states", "Invalid filter states.", "Use supported states only."
    ).with("supportedCodes", .string(Vocabulary.senderStates.joined(separator: ", ")))
    static let invalidFilterStatuses = SinchError(
        400, "invalid_filter_statuses", "Invalid filter statuses.", "Use supported statuses only."
    ).with("supportedCodes", .string(Vocabulary.changeStatuses.joined(separator: ", ")))
    /// Not documented, but for the shape.
    static let templateNotFound = SinchError(
        404, "template_not_found", "Template not found.", "Verify that the template name and language are correct.")
    /// Source: Sinch, templates.
    static let tooManyRequests = SinchError(
        429, "too_many_requests", "Too many requests.", "Please wait and try again.")
    static let invalidIDFormat = SinchError(
        400, "invalid_id_format", "Invalid ID format.", "Verify that the ID is correct.")
}
