// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

extension KeysCommand {
    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a new key for sealed secrets into use and seals everything again, while the server runs.",
            discussion: """
                Shows how much is left until the former key is retired; ending this command stops nothing. With \
                --new-key-encryption-key the server first adds a line to its key file (one node only).

                  gangway keys rotate --data ./gangway-data
                """)

        @OptionGroup var server: ClientOptions
        @Flag(help: "Also make a new key-encryption key in the server's key file.") var newKeyEncryptionKey = false
        @Flag(help: "Do not wait until everything is sealed again.") var noWait = false
        @Flag(help: "Print the keys as JSON at the end.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            var status = try await client.rotateKeys(addsKey: newKeyEncryptionKey)
            StandardOutput.remark("new data key \(status.dataKeys.first?.id ?? "")\n")
            while !noWait, status.isResealing || status.left > 0 {
                StandardOutput.remark("\(status.left) left to seal again\n")
                try await Task.sleep(for: .milliseconds(500))
                status = try await client.encryption()
            }
            if json { return try JSONOutput.write(status) }
            let rows = status.dataKeys.map { key in
                [key.id, key.keyEncryptionKeyID, key.isCurrent ? "yes" : "no", "\(key.sealed)", key.createdAt]
            }
            StandardOutput.write(Table.text(["DATA KEY", "WRAPPED BY", "CURRENT", "SEALED", "CREATED"], rows))
        }
    }
}
