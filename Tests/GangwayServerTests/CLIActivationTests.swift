// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import GangwayServer
import TestSupport
import Testing

extension CLITests {
    /// The operator's part of an activation, as scripts would do it.
    @Suite(.timeLimit(.minutes(5))) struct CLIActivationTests {
        @Test func `a request is listed, looked at, rejected and, sent in again, approved`() async throws {
            try await CLIServer.with { server in
                let account = try #require(server.credentials.kaleyra)
                let caller = KaleyraCaller(
                    baseURL: server.running.baseURL, sid: account.sid, key: account.apiKey)
                #expect(try await caller.submit(KaleyraForm()).status == 200)
                let listed = try await CLIProcess.run("activations", "list", "--json", "--data", server.data)
                let requests = try JSONDecoder().decode([ActivationView].self, from: Data(listed.output.utf8))
                let first = try #require(requests.first)
                #expect(requests.count == 1 && first.state == "submitted")

                let path = server.data + "/looked-at.png"
                let saved = try await CLIProcess.run(
                    "activations", "download", first.id, "--output", path, "--data", server.data)
                #expect(saved.output == path + "\n", "\(saved.errors)")
                #expect(try Array(Data(contentsOf: URL(filePath: path))) == KaleyraForm.png)
                let again = try await CLIProcess.run(
                    "activations", "download", first.id, "--output", path, "--data", server.data)
                #expect(again.exitCode == 64)

                let rejected = try await CLIProcess.run(
                    "activations", "reject", first.id, "--reason", "It cannot be read.", "--data", server.data)
                #expect(rejected.output.contains("state\trejected\n"), "\(rejected.errors)")
                #expect(try await caller.submit(KaleyraForm()).status == 200)
                let second = try #require(
                    try await server.operator.activations(state: "submitted", limit: nil, cursor: nil).data.first)
                let approved = try await CLIProcess.run("activations", "approve", second.id, "--data", server.data)
                #expect(approved.exitCode == 0 && approved.output.contains("state\tapproved, "), "\(approved.errors)")
                let decided = try await CLIProcess.run("activations", "approve", second.id, "--data", server.data)
                #expect(decided.exitCode == 1 && decided.errors.contains("activation_decided"))
            }
        }

        @Test func `an account is made on trial, activated and given another key`() async throws {
            try await CLIServer.with { server in
                let made = try await CLIProcess.run(
                    "partners", "kaleyra", "create", server.credentials.partner.id, "--trial", "--json", "--data",
                    server.data)
                let account = try JSONDecoder().decode(KaleyraAccountView.self, from: Data(made.output.utf8))
                let key = try #require(account.apiKey)
                let caller = KaleyraCaller(baseURL: server.running.baseURL, sid: account.sid, key: key)
                #expect(try await caller.submit(KaleyraForm()).text.contains("complete the KYC"))
                let active = try await CLIProcess.run(
                    "partners", "kaleyra", "activate", account.sid, "--data", server.data)
                #expect(active.output.contains("state\tactive\n") && !active.output.contains(key))
                #expect(try await caller.submit(KaleyraForm()).status == 200)
                let rotated = try await CLIProcess.run(
                    "partners", "kaleyra", "rotate-key", account.sid, "--json", "--data", server.data)
                #expect(try await caller.get().status == 401)
                let fresh = try JSONDecoder().decode(KaleyraAccountView.self, from: Data(rotated.output.utf8))
                let again = KaleyraCaller(
                    baseURL: server.running.baseURL, sid: account.sid, key: try #require(fresh.apiKey))
                #expect(try await again.get().status == 200)
                let listed = try await CLIProcess.run("partners", "kaleyra", "list", "--data", server.data)
                #expect(listed.output.contains(account.sid) && !listed.output.contains(key))
            }
        }
    }
}
