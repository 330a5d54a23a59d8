// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import GangwayServer
import TestSupport
import Testing

extension CLITests {
    /// A number by hand and keys in rotation, as an operator's scripts would handle them.
    @Suite(.timeLimit(.minutes(10))) struct CLINumbersTests {
        @Test func `a number is added, verified, registered, renamed and taken off`() async throws {
            try await CLIServer.with { server in
                let waba = try await liveWABA(server)
                let added = try await run(server, "add", waba, "49", "15112345678", "Lucky Shrub")
                let id = try #require(value("id", in: added))
                #expect(value("verification", in: added) != "VERIFIED")
                #expect(try await run(server, "request-code", id) == "sent\n")
                // The sandbox sends the number's last six digits.
                let verified = try await run(server, "verify", id, "345-678")
                #expect(value("verification", in: verified) == "VERIFIED" && value("register by", in: verified) != "-")
                let live = try await run(server, "register", id, "--pin", "482913")
                #expect(value("status", in: live) == "CONNECTED" && value("register by", in: live) == "-")
                let named = try await run(server, "name", id, "Shrub & Co")
                #expect(value("requested name", in: named) == "Shrub & Co")
                let off = try await run(server, "deregister", id)
                #expect(value("status", in: off) == "DISCONNECTED")

                #expect(try await run(server, "show", id) == off)
                #expect(try value("id", in: await run(server, "refresh", id)) == id)
                let listed = try await run(server, "list", "--waba", waba).split(separator: "\n")
                #expect(listed.count == 2 && listed.contains { $0.contains("+4915112345678") })
                let budgets = try await run(server, "budgets", id).split(separator: "\n")
                #expect(budgets == ["registration\t2\t8\tnow", "code_request\t1\t9\tnow"])
            }
        }

        @Test func `a PIN is printed once, and once more when the operator allows it`() async throws {
            try await CLIServer.with { server in
                let number = try await liveNumber(server)
                #expect(try await run(server, "pin", number, "--set", "482913") == "\(number)\n")
                #expect(try await run(server, "pin", number, "--reveal") == "482913\n")
                let again = try await CLIProcess.run("numbers", "pin", number, "--reveal", "--data", server.data)
                #expect(again.exitCode == 1 && again.output == "" && again.errors.contains("pin_revealed"))
                #expect(!again.errors.contains("482913"))
                #expect(try await run(server, "pin", number, "--allow-reveal") == "\(number)\n")
                #expect(try await run(server, "pin", number, "--generate") == "\(number)\n")
                let made = try await run(server, "pin", number, "--reveal")
                #expect(made != "482913\n" && made.wholeMatch(of: /[0-9]{6}\n/) != nil)
            }
        }

        @Test func `keys rotate seals everything again and retires the former key`() async throws {
            try await CLIServer.with { server in
                let number = try await liveNumber(server)
                _ = try await run(server, "pin", number, "--set", "482913")
                let before = try await server.operator.encryption()
                let rotated = try await CLIProcess.run(
                    "keys", "rotate", "--new-key-encryption-key", "--json", "--data", server.data)
                #expect(rotated.exitCode == 0, "\(rotated.errors)")
                let after = try JSONDecoder().decode(EncryptionView.self, from: Data(rotated.output.utf8))
                #expect(after.left == 0 && !after.isResealing)
                let current = try #require(after.dataKeys.first { $0.isCurrent })
                #expect(current.id != before.dataKeys.first?.id && current.sealed > 0)
                #expect(current.keyEncryptionKeyID != before.dataKeys.first?.keyEncryptionKeyID)
                #expect(try await run(server, "pin", number, "--reveal") == "482913\n")
            }
        }

        @Test(
            arguments: [
                (["numbers", "show", "1"], 1), (["numbers", "register", "1"], 1), (["numbers", "pin", "1"], 64),
                (["numbers", "pin", "1", "--reveal", "--generate"], 64), (["numbers", "add", "1", "49"], 64),
                (["numbers", "list", "--waba", "no-id"], 1),
            ] as [([String], Int32)])
        func `what is refused says why and ends with its code`(command: [String], exitCode: Int32) async throws {
            try await CLIServer.with { server in
                let run = try await CLIProcess.run(command + ["--data", server.data])
                #expect(run.exitCode == exitCode, "\(run.errors)")
                #expect(run.output == "" && run.errors.hasPrefix("Error: "))
            }
        }

        // MARK: Support

        private func run(_ server: CLIServer, _ arguments: String...) async throws -> String {
            let run = try await CLIProcess.run(["numbers"] + arguments + ["--data", server.data])
            try #require(run.exitCode == 0, "\(arguments): \(run.errors)")
            return run.output
        }

        /// Of `name<TAB>value` lines.
        private func value(_ name: String, in output: String) -> String? {
            output.split(separator: "\n").first { $0.hasPrefix(name + "\t") }
                .map { String($0.dropFirst(name.count + 1)) }
        }

        private func liveWABA(_ server: CLIServer) async throws -> String {
            let aboard = try await CLIProcess.run("onboard", "--data", server.data)
            try #require(aboard.exitCode == 0, "\(aboard.output)\(aboard.errors)")
            let partner = GangwayClient(baseURL: server.running.baseURL, key: server.credentials.partner.apiKey)
            return try #require(try await partner.phoneNumbers(wabaID: nil, limit: 1, cursor: nil).data.first).wabaID
        }

        private func liveNumber(_ server: CLIServer) async throws -> String {
            _ = try await liveWABA(server)
            let partner = GangwayClient(baseURL: server.running.baseURL, key: server.credentials.partner.apiKey)
            return try #require(try await partner.phoneNumbers(wabaID: nil, limit: 1, cursor: nil).data.first).id
        }
    }
}
