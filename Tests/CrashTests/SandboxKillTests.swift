// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import TestSupport
import Testing

/// SIGKILL in the middle of many calls: what the sandbox answered with 200 is there when it starts again.
struct SandboxKillTests {
    /// What the world must still know of one customer.
    private struct Promise: Sendable {
        let signup: SignupAnswer
        var token: String?
        var isRegistered = false
    }

    private struct Token: Decodable, Sendable {
        let access_token: String
    }

    private struct Number: Decodable, Sendable {
        let status: String
    }

    private struct Effects: Decodable, Sendable {
        let data: [String: Int]
    }

    @Test(.timeLimit(.minutes(5)), arguments: [15, 60, 150])
    func `what was answered survives a kill`(afterRegistrations count: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sandbox-kill-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let first = try await SandboxProcess.start(in: folder, data: folder + "/world")
        let promises = await onboardUntilKilled(first, count: count)
        #expect(promises.count { $0.isRegistered } >= count)
        let second = try await SandboxProcess.start(in: folder, data: folder + "/world")
        defer { second.process.kill() }
        for promise in promises { try await check(promise, at: second.url) }
        let effects: Effects = try await Caller(baseURL: second.url).get("/_sandbox/effects")
        #expect((effects.data["registered"] ?? 0) >= promises.count { $0.isRegistered })
    }

    /// Everything that was answered for.
    private final class Ledger: Sendable {
        private let promises = Mutex<[String: Promise]>([:])
        private let isOver = Mutex(false)

        /// Once the sandbox is dead nobody asks it any more: a client would try to connect for a minute.
        var isOpen: Bool { isOver.withLock { !$0 } }
        func close() { isOver.withLock { $0 = true } }

        var all: [Promise] { promises.withLock { Array($0.values) } }

        /// How many numbers are registered by now.
        func keep(_ promise: Promise) -> Int {
            promises.withLock { promises in
                promises[promise.signup.waba_id] = promise
                return promises.values.count { $0.isRegistered }
            }
        }
    }

    /// Six callers at once; the kill comes while five of them wait for an answer or are about to ask.
    private func onboardUntilKilled(_ sandbox: SandboxProcess, count: Int) async -> [Promise] {
        let ledger = Ledger()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    while ledger.isOpen, let signup = try? await sandbox.caller.signUp() {
                        await Self.onboard(signup, sandbox, ledger, killAfter: count)
                    }
                }
            }
        }
        return ledger.all
    }

    private static func onboard(
        _ signup: SignupAnswer, _ sandbox: SandboxProcess, _ ledger: Ledger, killAfter count: Int
    ) async {
        var promise = Promise(signup: signup)
        _ = ledger.keep(promise)
        guard ledger.isOpen, let token = try? await exchange(signup, at: sandbox.url) else { return }
        promise.token = token
        _ = ledger.keep(promise)
        guard ledger.isOpen, (try? await register(promise, at: sandbox.url)) != nil else { return }
        promise.isRegistered = true
        guard ledger.keep(promise) >= count else { return }
        ledger.close()
        sandbox.process.kill()
    }

    /// The sandbox's own, the same everywhere. Source: docs/simulator.md.
    private enum App {
        static let id = "634974688087057"
        static let secret = "614fc2afde15eee07a26b2fe3eaee9b9"
        static let systemToken = "EAAJB0kPZAsandbox1SystemUserTokenZBqk5XWb2vTf8sZCh3wRnLm"
    }

    private static func exchange(_ signup: SignupAnswer, at url: String) async throws -> String {
        let answer: Token = try await Caller(baseURL: url).get(
            "/v26.0/oauth/access_token?client_id=\(App.id)&client_secret=\(App.secret)&code=\(signup.code ?? "")")
        return answer.access_token
    }

    private static func register(_ promise: Promise, at url: String) async throws {
        let _: AnyAnswer = try await Caller(baseURL: url, key: promise.token).post(
            "/v26.0/\(promise.signup.phone_number_id)/register",
            #"{"messaging_product": "whatsapp", "pin": "212834"}"#)
    }

    private func check(_ promise: Promise, at url: String) async throws {
        let signup = promise.signup
        if let token = promise.token {
            let caller = Caller(baseURL: url, key: token)
            let number: Number = try await caller.get("/v26.0/\(signup.phone_number_id)?fields=status")
            if promise.isRegistered { #expect(number.status == "CONNECTED") }
            let _: AnyAnswer = try await caller.get("/v26.0/\(signup.waba_id)")
            // The code is spent for ever.
            await #expect(throws: Caller.Refused.self) { try await Self.exchange(signup, at: url) }
        } else {
            // Signed up and not known to be exchanged: the WABA is there for the partner.
            let _: AnyAnswer = try await Caller(baseURL: url, key: App.systemToken).get("/v26.0/\(signup.waba_id)")
        }
    }
}
