// SPDX-License-Identifier: Apache-2.0
package import Hummingbird

/// Kaleyra's paths, letter by letter. Source: Kaleyra, "WhatsApp Registration", "Add a WhatsApp Number",
/// "Update a WhatsApp Number Details", "Add Phone Number", "Verify Phone Number", "Retry OTP for Phone Number",
/// "Get Phone Number Details", "Update Phone Number Details", "Fetch Phone Number Details API".
package enum Routes {
    package static let activation: RouterPath = "/v1/{sid}/whatsapp/activation"
    package static let number: RouterPath = "/v1/{sid}/whatsapp/number"
    package static let detailsV1: RouterPath = "/v1/{sid}/whatsapp/{id}/phone_number_details"
    package static let details: RouterPath = "/v2/{sid}/whatsapp/{id}/phone_number_details"
    package static let numbersOfWABA: RouterPath = "/v2/{sid}/whatsapp/{id}/number"
    package static let addNumber: RouterPath = "/v2/{sid}/whatsapp/{id}/number/add"
    package static let verifyNumber: RouterPath = "/v2/{sid}/whatsapp/{id}/number/verify"
    package static let retryOTP: RouterPath = "/v2/{sid}/whatsapp/{id}/number/retry_otp"
    package static let updateNumber: RouterPath = "/v2/{sid}/whatsapp/{id}/number/update"

    static let sidParameter = "sid"
    /// A WABA's id, or a business phone number.
    static let idParameter = "id"
    static let keyHeader = "api-key"
}
