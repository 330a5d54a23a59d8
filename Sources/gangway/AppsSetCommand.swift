// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

extension AppsCommand {
    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Creates an app or changes what is given; the rest stays.",
            discussion: """
                Secrets never stand on the command line, where other users could read them: give a file, - for standard \
                input, or the variable GANGWAY_APP_SECRET, GANGWAY_SYSTEM_TOKEN or GANGWAY_VERIFY_TOKEN. A new app needs \
                --kind, --business-id and an app secret. After a new app secret the former one still verifies webhooks.
                """)

        enum Kind: String, ExpressibleByArgument, CaseIterable {
            case solutionPartner = "solution_partner"
            case techProvider = "tech_provider"
        }

        enum CreditSharing: String, ExpressibleByArgument, CaseIterable {
            case classic
            case twoStep = "two_step"
        }

        @OptionGroup var server: ClientOptions
        @Option(help: "Id of the app at Meta.") var id: String
        @Option(help: "solution_partner shares a credit line; tech_provider has none.") var kind: Kind?
        @Option(help: "Business portfolio that owns the app.") var businessId: String?
        @Option(help: "System user whose token it is.") var systemUserId: String?
        @Option(help: "Extended credit line.") var creditLine: String?
        @Option(help: "How the credit line is shared: in one call (classic) or two.") var creditSharing: CreditSharing?
        @Option(help: "Offboard a customer that removed us by itself: true or false.") var offboardOnRemoval: Bool?
        @Option(help: "New customers that Meta allows in 7 days: 10, or 200 after verification.") var newCustomersMax:
            Int?
        @Option(help: "Facebook Login for Business configuration.") var configId: String?
        @Option(help: "File with the app secret, or -.") var appSecretFile: String?
        @Option(help: "File with the system user's token, or -.") var systemTokenFile: String?
        @Option(help: "File with the webhook verify token, or -.") var verifyTokenFile: String?
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            guard [appSecretFile, systemTokenFile, verifyTokenFile].filter({ $0 == "-" }).count <= 1 else {
                throw ValidationError("Standard input has room for one secret.")
            }
        }

        func run() async throws {
            let client = try server.connect(as: .operator).client
            let known = try await client.apps().first { $0.id == id }
            guard let kind = kind?.rawValue ?? known?.kind, let business = businessId ?? known?.businessID else {
                throw ValidationError("\(id) is a new app: give --kind and --business-id.")
            }
            var settings = AppSettings(kind: kind, businessID: business)
            settings.systemUserID = systemUserId ?? known?.systemUserID
            settings.creditLineID = creditLine ?? known?.creditLineID
            settings.creditSharing = creditSharing?.rawValue ?? known?.creditSharing
            settings.offboardOnRemoval = offboardOnRemoval ?? known?.offboardOnRemoval
            settings.newCustomersMax = newCustomersMax
            settings.configID = configId ?? known?.configID
            settings.appSecret = try SecretInput.read(file: appSecretFile, variable: "GANGWAY_APP_SECRET")
            settings.systemToken = try SecretInput.read(file: systemTokenFile, variable: "GANGWAY_SYSTEM_TOKEN")
            settings.verifyToken = try SecretInput.read(file: verifyTokenFile, variable: "GANGWAY_VERIFY_TOKEN")
            try AppsCommand.print(try await client.setApp(id, settings), json: json)
        }
    }
}
