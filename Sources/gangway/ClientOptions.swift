// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FoundationEssentials
import GangwayClient
import GangwayServer

/// Which running server is meant, and whose key. A URL and a key belong together: no key of one server goes to another.
struct ClientOptions: ParsableArguments {
    enum Role {
        case partner
        case `operator`
    }

    struct Connection {
        let client: GangwayClient
        /// Of the test world; nil where URL and key were given.
        let credentials: Credentials?
        /// The flags that lead here again, without the key.
        let flags: String
    }

    @Option(help: "Data directory of a server's test world: address and keys are read from its credentials.json.")
    var data: String?
    @Option(help: "Address of the server, http://127.0.0.1:8080 or https://…; also GANGWAY_URL.") var url: String?
    @Option(help: "API key; also GANGWAY_KEY, which other users of this machine cannot see.") var key: String?

    /// Flags win over GANGWAY_URL and GANGWAY_KEY; with neither, the default data directory is looked into.
    func connect(as role: Role) throws -> Connection {
        let environment = ProcessInfo.processInfo.environment
        if data == nil {
            let url = url ?? environment["GANGWAY_URL"]
            let key = key ?? environment["GANGWAY_KEY"]
            if let url, let key {
                let flags = self.url.map { "--url \($0)" } ?? ""
                return Connection(client: GangwayClient(baseURL: url, key: key), credentials: nil, flags: flags)
            }
            guard url == nil, key == nil else {
                throw ValidationError("Give both --url and --key (or GANGWAY_URL and GANGWAY_KEY), or --data.")
            }
        }
        let directory = data ?? environment["GANGWAY_DATA"] ?? ServerSettings().dataDirectory
        guard let credentials = Credentials.load(from: directory) else {
            throw ValidationError(
                "No credentials.json in \(directory). Give --data of a server's test world, or --url and --key.")
        }
        let known =
            switch role {
            case .partner: credentials.partner.apiKey
            case .operator: credentials.operator.key
            }
        let client = GangwayClient(baseURL: url ?? credentials.baseURL, key: key ?? known)
        return Connection(client: client, credentials: credentials, flags: "--data \(directory)")
    }
}
