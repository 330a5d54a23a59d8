// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import GangwayServer
import Testing

extension CLITests {
    /// Partners, keys and apps as an operator's scripts would handle them.
    @Suite(.timeLimit(.minutes(5))) struct CLIOperatorTests {
        @Test func `a partner is created, shown, switched off and on`() async throws {
            try await CLIServer.with { server in
                let created = try await CLIProcess.run(
                    "partners", "create", "Acme Messaging", "--currency", "EUR", "--json", "--data", server.data)
                let partner = try JSONDecoder().decode(PartnerView.self, from: Data(created.output.utf8))
                #expect(partner.name == "Acme Messaging" && partner.defaultCurrency == "EUR")
                let off = try await CLIProcess.run("partners", "disable", partner.id, "--data", server.data)
                #expect(off.output.contains("whatsapp\tdisabled\n"))
                #expect(try await server.operator.partner(partner.id).isWhatsAppEnabled == false)
                let on = try await CLIProcess.run("partners", "enable", partner.id, "--data", server.data)
                #expect(on.output.contains("whatsapp\tenabled\n"))
                let shown = try await CLIProcess.run("partners", "show", partner.id, "--data", server.data)
                #expect(shown.output == on.output)
            }
        }

        @Test func `a list goes on past one page`() async throws {
            try await CLIServer.with { server in
                for number in 1...101 {
                    _ = try await server.operator.createPartner(NewPartner(name: "Partner \(number)"))
                }
                let list = try await CLIProcess.run("partners", "list", "--data", server.data)
                let rows = list.output.split(separator: "\n").map { $0.split(separator: "\t") }
                #expect(rows.count == 102)
                #expect(Set(rows.map { $0[1] }).count == 102)
            }
        }

        @Test func `a partner that is switched off is refused with 1`() async throws {
            try await CLIServer.with { server in
                let partner = server.credentials.partner.id
                _ = try await server.operator.setWhatsApp(isEnabled: false, for: partner)
                let run = try await CLIProcess.run("onboard", "--data", server.data)
                #expect(run.exitCode == 1)
                #expect(run.errors.contains("whatsapp_disabled"))
            }
        }

        @Test func `a created key works until it is revoked`() async throws {
            try await CLIServer.with { server in
                let partner = server.credentials.partner.id
                let created = try await CLIProcess.run("keys", "create", "--partner", partner, "--data", server.data)
                let key = created.output.trimmingCharacters(in: .newlines)
                #expect(!created.errors.contains(key))
                let environment = ["GANGWAY_URL": server.running.baseURL, "GANGWAY_KEY": key]
                let listed = try await CLIProcess.run("keys", "list", "--json", environment: environment)
                let keys = try JSONDecoder().decode([KeyView].self, from: Data(listed.output.utf8))
                #expect(keys.allSatisfy { $0.partnerID == partner && $0.key == nil })
                let mine = try #require(keys.first { key.hasPrefix($0.prefix) })
                let revoked = try await CLIProcess.run("keys", "revoke", mine.id, "--data", server.data)
                #expect(revoked.exitCode == 0)
                let refused = try await CLIProcess.run("keys", "list", environment: environment)
                #expect(refused.exitCode == 1)
            }
        }

        @Test func `apps set changes what is given and keeps the rest`() async throws {
            try await CLIServer.with { server in
                let id = server.credentials.metaApp.appID
                let before = try await server.operator.app(id)
                let run = try await CLIProcess.run(
                    "apps", "set", "--id", id, "--config-id", "4711", "--new-customers-max", "200", "--app-secret-file",
                    "-",
                    "--data", server.data, "--json", environment: ["GANGWAY_VERIFY_TOKEN": "from-the-environment"],
                    input: "brand-new-secret\n"
                )
                #expect(run.exitCode == 0, "\(run.errors)")
                #expect(!(run.output + run.errors).contains("brand-new-secret"))
                let after = try await server.operator.app(id)
                #expect(after.configID == "4711" && after.newCustomersMax == 200)
                #expect(after.kind == before.kind && after.businessID == before.businessID)
                #expect(after.systemUserID == before.systemUserID && after.creditLineID == before.creditLineID)
                let listed = try await CLIProcess.run("apps", "list", "--json", "--data", server.data)
                #expect(try JSONDecoder().decode([AppView].self, from: Data(listed.output.utf8)) == [after])
            }
        }

        @Test func `an app secret that was set is the one that Meta's calls are made with`() async throws {
            try await CLIServer.with { server in
                let flags = ["apps", "set", "--id", server.credentials.metaApp.appID, "--data", server.data]
                let wrong = try await CLIProcess.run(flags + ["--app-secret-file", "-"], input: "0123456789abcdef")
                #expect(wrong.exitCode == 0)
                let stopped = try await CLIProcess.run("onboard", "--data", server.data)
                #expect(stopped.exitCode == 2)
                #expect(stopped.output.contains("app_credentials_invalid"))
            }
        }

        @Test(
            arguments: [
                (["apps", "set", "--id", "1234567890123456"], 64),
                (
                    ["apps", "set", "--id", "1234567890123456", "--app-secret-file", "-", "--system-token-file", "-"],
                    64
                ),
                (["apps", "set", "--id", "634974688087057", "--app-secret-file", "nowhere"], 64),
                (["apps", "set", "--id", "634974688087057", "--app-secret-file", "-"], 64),
                (["apps", "show", "1234567890123456"], 1), (["partners", "show", "prt_x"], 1),
                (["keys", "create", "--partner", "prt_x"], 1), (["keys", "revoke", "key_x"], 1),
                (["partners", "fly"], 64),
            ] as [([String], Int32)])
        func `what is refused says why and ends with its code`(command: [String], exitCode: Int32) async throws {
            try await CLIServer.with { server in
                let run = try await CLIProcess.run(command + ["--data", server.data])
                #expect(run.exitCode == exitCode)
                #expect(run.output == "" && run.errors.hasPrefix("Error: "))
            }
        }
    }
}
