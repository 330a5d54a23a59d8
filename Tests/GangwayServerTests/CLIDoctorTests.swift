// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import GangwayServer
import TestSupport
import Testing

extension CLITests {
    @Suite(.timeLimit(.minutes(5))) struct CLIDoctorTests {
        @Test func `a healthy world ends with 0, an error with 2, a warning only when asked`() async throws {
            try await CLIServer.with { server in
                let well = try await CLIProcess.run("doctor", "--data", server.data)
                #expect(well.exitCode == 0, "\(well.output)\(well.errors)")
                #expect(well.output.contains("ok\tcallback\t\(server.credentials.metaApp.appID)\t"))
                let sandbox = SandboxCaller(url: server.credentials.graphURL)
                let weak = """
                    {"operation": "list_system_users", "status": 200, "times": 2, "content_type": "application/json", \
                    "body": "{\\"data\\": [{\\"id\\": \\"100081234567890\\", \\"role\\": \\"EMPLOYEE\\"}]}"}
                    """
                try await sandbox.addFault(weak)
                #expect(try await CLIProcess.run("doctor", "--data", server.data).exitCode == 0)
                let strict = try await CLIProcess.run("doctor", "--strict", "--quiet", "--data", server.data)
                #expect(strict.exitCode == 2)
                #expect(strict.output.contains("warning\tsystem_user_role") && !strict.output.contains("ok\t"))
                try await sandbox.addFault(#"{"operation": "list_client_wabas", "code": 200, "status": 403}"#)
                let bad = try await CLIProcess.run("doctor", "--json", "--data", server.data)
                #expect(bad.exitCode == 2)
                let report = try JSONDecoder().decode(DoctorReportView.self, from: Data(bad.output.utf8))
                #expect(report.status == "error")
                #expect(report.findings.first { $0.check == "app_live" }?.remedy?.contains("Live") == true)
            }
        }

        @Test func `a key file that others can read ends with 2 and says how to mend it`() async throws {
            try await CLIServer.with { server in
                let keys = server.data + "/keys"
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: keys)
                let open = try await CLIProcess.run("doctor", "--quiet", "--data", server.data)
                #expect(open.exitCode == 2)
                #expect(open.output.contains("error\tkey_file") && open.output.contains("chmod 600 \(keys)"))
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keys)
                #expect(try await CLIProcess.run("doctor", "--quiet", "--data", server.data).exitCode == 0)
            }
        }

        @Test func `a partner's key is refused with 1`() async throws {
            try await CLIServer.with { server in
                let run = try await CLIProcess.run(
                    "doctor",
                    environment: [
                        "GANGWAY_URL": server.running.baseURL, "GANGWAY_KEY": server.credentials.partner.apiKey,
                    ])
                #expect(run.exitCode == 1 && run.errors.contains("operator_key_required"))
            }
        }
    }
}
