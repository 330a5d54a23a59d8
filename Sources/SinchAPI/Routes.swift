// SPDX-License-Identifier: Apache-2.0
package import Hummingbird

/// Sinch's paths, letter by letter. Source: Sinch, Provisioning API 1.2.117, tags WhatsApp, Senders, Templates, Webhooks.
package enum Routes {
    package static let token: RouterPath = "/oauth2/token"

    package static let account: RouterPath = "/v1/projects/{projectId}/whatsapp"
    package static let accountActivities: RouterPath = "/v1/projects/{projectId}/whatsapp/activities"
    package static let accountComments: RouterPath = "/v1/projects/{projectId}/whatsapp/comments"
    package static let templateAnalytics: RouterPath = "/v1/projects/{projectId}/whatsapp/enableTemplateAnalytics"
    package static let longLivedToken: RouterPath = "/v1/projects/{projectId}/whatsapp/longLivedAccessToken"
    package static let wabaDetails: RouterPath = "/v1/projects/{projectId}/whatsapp/wabaDetails"

    package static let senders: RouterPath = "/v1/projects/{projectId}/whatsapp/senders"
    package static let sender: RouterPath = "/v1/projects/{projectId}/whatsapp/senders/{senderId}"
    package static let senderActivities: RouterPath = "/v1/projects/{projectId}/whatsapp/senders/{senderId}/activities"
    package static let senderChanges: RouterPath = "/v1/projects/{projectId}/whatsapp/senders/{senderId}/changes"
    package static let senderComments: RouterPath = "/v1/projects/{projectId}/whatsapp/senders/{senderId}/comments"
    package static let senderRegister: RouterPath = "/v1/projects/{projectId}/whatsapp/senders/{senderId}/register"
    package static let senderVerify: RouterPath = "/v1/projects/{projectId}/whatsapp/senders/{senderId}/verify"

    package static let solutions: RouterPath = "/v1/projects/{projectId}/whatsapp/solutions"
    package static let solution: RouterPath = "/v1/projects/{projectId}/whatsapp/solutions/{solutionId}"
    package static let solutionAssign: RouterPath = "/v1/projects/{projectId}/whatsapp/solutions/{solutionId}/assign"

    package static let templates: RouterPath = "/v1/projects/{projectId}/whatsapp/templates"
    package static let templateSync: RouterPath = "/v1/projects/{projectId}/whatsapp/templates/sync"
    package static let template: RouterPath = "/v1/projects/{projectId}/whatsapp/templates/{templateName}"
    package static let templateLanguage: RouterPath =
        "/v1/projects/{projectId}/whatsapp/templates/{templateName}/languages/{languageCode}"

    package static let webhooks: RouterPath = "/v1/projects/{projectId}/webhooks"
    package static let webhook: RouterPath = "/v1/projects/{projectId}/webhooks/{webhookId}"

    static let projectID = "projectId"
    static let senderID = "senderId"
    static let webhookID = "webhookId"
    static let solutionID = "solutionId"
    static let templateName = "templateName"
    static let languageCode = "languageCode"
}
