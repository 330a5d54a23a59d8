// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import OnboardingRunner
import Store

/// Who speaks to Meta for a project, and how its refusals read.
struct ProjectDesk: Sendable {
    let store: Store
    let directory: AppDirectory

    /// The client, the customer's own token and the WABA behind the project's account. Throws `notInitialized` without one.
    func customer(of project: Project) async throws -> (waba: WABA, graph: any GraphSending, token: BusinessToken) {
        let found = try await store.read { tx -> (WABA, BusinessToken)? in
            guard let account = try tx.senders.account(of: project.id),
                let waba = try tx.senders.snapshot(account, of: project).waba,
                let token: BusinessToken = try tx.secrets.get(.businessToken, of: .waba(waba.id))
            else { return nil }
            return (waba, token)
        }
        guard let (waba, token) = found else { throw ProjectError.notInitialized }
        return (waba, try await directory.context(for: waba.appID).graph, token)
    }

    func app(of project: Project) async throws -> AppContext {
        guard let partner = try await store.read({ try $0.partners.find(project.partnerID) }) else {
            throw ServiceError.unauthorized
        }
        return try await directory.context(for: partner.appID)
    }

    /// What Meta says of a token or code that the client brought.
    func translated(_ error: GraphError, invalid: ProjectError) -> any Error {
        switch error.code {
        case 190 where error.subcode == 459 || error.subcode == 464: return ProjectError.loginRequired
        case 4, 17, 32, 613: return ProjectError.rateLimited
        default: break
        }
        let isRefusal = error.reach == .answered && (400..<500).contains(error.httpStatus ?? 0)
        return isRefusal && error.class != .transient ? invalid : ServiceError.metaUnavailable(error)
    }
}
