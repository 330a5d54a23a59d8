// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import OnboardingRunner
import Store

/// Multi-Partner Solutions of the partner, and which of them a project is onboarded through.
extension ProjectPlatform {
    package struct SolutionApp: Sendable, Hashable {
        package let id: AppID
        package let name: String
    }

    package struct ShownSolution: Sendable, Hashable {
        package let id: SolutionID
        package let name: String
        package let owner: SolutionApp?
        package let partner: SolutionApp?
        package let isAssigned: Bool
    }

    package struct FailedSolution: Sendable, Hashable {
        package let partnerAppID: AppID
        package let message: String
    }

    package func solutions(_ scope: ProjectScope) async throws -> [ShownSolution] {
        let ids = try await desk.store.read { try $0.partners.solutions(of: scope.project.partnerID) }
        var shown: [ShownSolution] = []
        for id in ids { shown.append(try await read(id, scope)) }
        return shown
    }

    package func solution(_ id: SolutionID, _ scope: ProjectScope) async throws -> ShownSolution {
        try await requireOwn(id, scope)
        return try await read(id, scope)
    }

    /// Only as long as the project is not onboarded.
    package func assign(_ id: SolutionID, _ scope: ProjectScope) async throws {
        try await requireOwn(id, scope)
        try await desk.store.write { tx in
            let account = try tx.senders.account(of: scope.project.id)
            if let account, try tx.senders.snapshot(account, of: scope.project).phase == .onboarded {
                throw ProjectError.solutionNotReassignable
            }
            try tx.projects.setSolution(id, of: scope.project.id)
            try tx.activities.record(
                partner: scope.project.partnerID, actor: scope.principal.actor, action: "project.solution_assigned",
                target: scope.project.id.rawValue, detail: id.rawValue)
        }
    }

    /// A solution of ours with the app that the token belongs to.
    package func createSolution(
        name: String, token: BusinessToken, _ scope: ProjectScope
    ) async throws -> (created: [ShownSolution], failed: [FailedSolution]) {
        let app = try await desk.app(of: scope.project)
        guard let system = app.systemToken else { throw ProjectError.notInitialized }
        let partnerApp: AppID
        do throws(GraphError) {
            let facts = try await app.graph.send(DebugToken(inspected: token)).data
            guard facts.isValid != false, let id = facts.appID else { throw Self.invalidToken }
            partnerApp = id
        } catch {
            throw desk.translated(error, invalid: .invalidToken)
        }
        let id: SolutionID
        do throws(GraphError) {
            id = try await app.graph.send(CreateSolution(of: app.app.id, with: partnerApp, name: name, token: system))
                .id
        } catch {
            return ([], [FailedSolution(partnerAppID: partnerApp, message: error.message)])
        }
        try await desk.store.write { tx in
            _ = try tx.partners.addSolution(id, to: scope.project.partnerID)
            try tx.activities.record(
                partner: scope.project.partnerID, actor: scope.principal.actor, action: "partner.solution_added",
                target: scope.project.partnerID.rawValue, detail: id.rawValue)
        }
        return ([try await read(id, scope)], [])
    }

    private func requireOwn(_ id: SolutionID, _ scope: ProjectScope) async throws {
        let owner = try await desk.store.read { try $0.partners.owner(of: id) }
        guard owner == scope.project.partnerID else { throw ProjectError.solutionNotFound }
    }

    private func read(_ id: SolutionID, _ scope: ProjectScope) async throws -> ShownSolution {
        let app = try await desk.app(of: scope.project)
        guard let system = app.systemToken else { throw ProjectError.notInitialized }
        let solution: Solution
        do throws(GraphError) {
            solution = try await app.graph.send(ReadSolution(id, token: system))
        } catch {
            throw Self.passing(error)
        }
        let assigned = try await desk.store.read { try $0.projects.find(scope.project.id)?.solutionID }
        let partner = solution.partners.first
        return ShownSolution(
            id: id, name: solution.name ?? id.rawValue,
            owner: solution.ownerAppID.map { SolutionApp(id: $0, name: solution.ownerAppName ?? $0.rawValue) },
            partner: partner?.appID.map { SolutionApp(id: $0, name: partner?.appName ?? $0.rawValue) },
            isAssigned: assigned == id)
    }

    private static let invalidToken = GraphError(
        class: .permanent, reach: .answered, operation: DebugToken.operation, httpStatus: 400, code: 190,
        message: "the token is not valid")
}
