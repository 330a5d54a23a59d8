// SPDX-License-Identifier: Apache-2.0

/// The Meta app, partner portfolio and secrets that exist in the sandbox from the start.
/// Nothing in it is worth guarding: the values are made up.
package struct SandboxApp: Codable, Sendable {
    package var appID: String
    package var appName: String
    package var appSecret: String
    package var systemToken: String
    package var systemUserID: String
    package var businessID: String
    package var businessName: String
    package var extendedCreditLineID: String
    package var solutionID: String
    package var configID: String
    /// What Meta repeats in the callback handshake.
    package var verifyToken: String
    /// The other party of the Multi-Partner Solution.
    package var partner: Partner

    package struct Partner: Codable, Sendable {
        package var appID: String
        package var appName: String
        package var appSecret: String
        package var systemToken: String
        package var systemUserID: String
        package var businessID: String
        package var businessName: String
    }

    package static let sample = SandboxApp(
        appID: "634974688087057",
        appName: "Gangway Demo",
        appSecret: "614fc2afde15eee07a26b2fe3eaee9b9",
        systemToken: "EAAJB0kPZAsandbox1SystemUserTokenZBqk5XWb2vTf8sZCh3wRnLm",
        systemUserID: "100081234567890",
        businessID: "2729063490586005",
        businessName: "Gangway Partner Inc.",
        extendedCreditLineID: "1972385232742146",
        solutionID: "987654321012345",
        configID: "1114785126933170",
        verifyToken: "meatyhamhock",
        partner: Partner(
            appID: "670843887433847",
            appName: "Partner App",
            appSecret: "0c5a2f1be94d7a3386e1d0f7b2c4958a",
            systemToken: "EAAKC1mQYBsandbox2SystemUserTokenZDrj6YXc3uSg9tYDi4xSoMn",
            systemUserID: "100092345678901",
            businessID: "520744086200222",
            businessName: "Partner Solutions Ltd."))
}
