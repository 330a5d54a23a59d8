// SPDX-License-Identifier: Apache-2.0
package import Domain
package import OnboardingRunner
package import Store

/// Everything about projects: what Sinch's API calls a partner's customer.
package struct ProjectServices: Sendable {
    package let projects: Projects
    package let accounts: ProjectAccounts
    package let senders: Senders
    package let webhooks: ProjectWebhooks
    package let platform: ProjectPlatform

    /// `judge` says what is wrong with a webhook's URL, nil if nothing; `makeSecret` mints a `whsec_…`.
    package init(
        store: Store, directory: AppDirectory, onboardings: Onboardings, phoneNumbers: PhoneNumbers,
        judge: @escaping @Sendable (String) -> String?, makeSecret: @escaping @Sendable () -> OtherSecret
    ) {
        let desk = ProjectDesk(store: store, directory: directory)
        projects = Projects(store: store)
        accounts = ProjectAccounts(store: store, onboardings: onboardings)
        senders = Senders(desk: desk, onboardings: onboardings, phoneNumbers: phoneNumbers)
        webhooks = ProjectWebhooks(store: store, judge: judge, makeSecret: makeSecret)
        platform = ProjectPlatform(desk: desk)
    }
}

/// A project and who asks about it.
package struct ProjectScope: Sendable {
    package let project: Project
    package let principal: Principal

    package init(project: Project, principal: Principal) {
        self.project = project
        self.principal = principal
    }
}

/// What of a WhatsApp account or sender can go wrong. Sinch's door puts each into its words, by a switch without default.
package enum ProjectError: Error, Sendable, Hashable {
    case notInitialized
    case projectRemoved
    case accountNotFound
    case accountExists
    case accountNotUpdatable
    case noFieldsToUpdate
    case accountHasSenders(ProjectID, [SenderID])
    case accountHasSenderChanges
    case senderNotFound
    case senderAlreadyDeleted
    case senderNotUpdatable
    case senderChangesNotUpdatable
    case senderChangesNotFound
    case senderChangesNotDeletable
    case displayNameUnderReview
    case notAllowedToRegister
    case codeRequestFailed
    case tooManyCodeRequests
    case alreadyRegistered
    case notAllowedToVerify
    case wrongCode
    case tooManyWrongCodes
    case anotherWABA
    case anotherBusinessManager
    case wabaNotFound
    case tooManyWABAs
    case wabaUsed
    case numberUsed
    case numberProvisioned
    case allNumbersProvisioned
    case invalidToken
    case invalidCode
    case tokensNotGranted
    case loginRequired
    case rateLimited
    case insightsUnavailable
    case solutionNotFound
    case solutionNotReassignable
    case webhookExists
    case webhookLimitReached
    case webhookNotFound
    /// What is wrong with the address.
    case invalidTarget(String)
}
