// SPDX-License-Identifier: Apache-2.0
import GangwayServer

/// Where to go, printed once the server takes requests. Plain lines: scripts read them too. No secret is printed.
enum Greeting {
    static func print(_ server: RunningServer, dataDirectory: String) {
        var lines = ["gangway listens on \(server.baseURL)"]
        if let graphURL = server.graphURL { lines.append("graph simulator on \(graphURL)") }
        if let credentials = server.credentials {
            lines.append("sample partner \(credentials.partner.id), customer \(credentials.customer.id)")
            lines.append("keys in \(dataDirectory)/credentials.json")
            lines.append("try: gangway onboard --data \(dataDirectory)")
        } else {
            lines.append("first operator key: gangway keys mint --operator --world live --data \(dataDirectory)")
        }
        StandardOutput.write(lines.joined(separator: "\n") + "\n")
    }
}
