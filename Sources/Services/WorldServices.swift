// SPDX-License-Identifier: Apache-2.0

/// Everything that may be asked of one world. Doors hold one for each world and pick by the credential.
package struct WorldServices: Sendable {
    /// `live` or `test`.
    package let world: String
    package let apiKeys: APIKeys
    package let partners: Partners
    package let apps: Apps
    package let customers: Customers
    package let onboardings: Onboardings
    package let wabas: WABAs
    package let phoneNumbers: PhoneNumbers
    package let tokens: Tokens
    package let encryption: Encryption
    package let cloudCalls: CloudCalls
    package let endpoints: Endpoints
    package let events: Events
    package let activities: Activities
    package let comments: Comments
    package let audit: AuditTrail
    package let novelties: Novelties
    package let doctor: Doctor
    package let notifications: Notifications
    package let reconciliations: Reconciliations
    package let imports: Imports
    package let activations: Activations
    package let activationAccounts: ActivationAccounts
    package let accountNumbers: AccountNumbers
    package let projects: ProjectServices
    /// Nil where the clock is the machine's: the live world.
    package let time: WorldTime?

    package init(
        world: String, apiKeys: APIKeys, partners: Partners, apps: Apps, customers: Customers, onboardings: Onboardings,
        wabas: WABAs, phoneNumbers: PhoneNumbers, cloudCalls: CloudCalls, tokens: Tokens, encryption: Encryption,
        endpoints: Endpoints,
        events: Events, activities: Activities, notifications: Notifications, reconciliations: Reconciliations,
        imports: Imports, doctor: Doctor, activations: Activations, activationAccounts: ActivationAccounts,
        projects: ProjectServices, time: WorldTime? = nil
    ) {
        self.world = world
        self.apiKeys = apiKeys
        self.partners = partners
        self.apps = apps
        self.customers = customers
        self.onboardings = onboardings
        self.wabas = wabas
        self.phoneNumbers = phoneNumbers
        self.tokens = tokens
        self.encryption = encryption
        self.cloudCalls = cloudCalls
        self.endpoints = endpoints
        self.events = events
        self.activities = activities
        comments = Comments(store: activities.store)
        audit = AuditTrail(store: activities.store)
        novelties = Novelties(store: activities.store)
        self.notifications = notifications
        self.reconciliations = reconciliations
        self.imports = imports
        self.doctor = doctor
        self.time = time
        self.activations = activations
        self.activationAccounts = activationAccounts
        accountNumbers = AccountNumbers(
            store: activations.store, phoneNumbers: phoneNumbers, endpoints: endpoints)
        self.projects = projects
    }
}
