// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import OnboardingRunner
import Store

/// Asks Meta about the WABA of a row: at most four calls, and none for one that is on record.
struct RowReader: Sendable {
    let store: Store
    let app: AppContext
    let token: SystemToken
    /// For rows that name no partner.
    let partner: PartnerID?

    func read(_ row: GivenRow) async -> RowAnswer {
        if let fault = row.fault { return settled(row, .invalid, fault) }
        let waba = WABAID(row.wabaID)
        let named = row.partnerID.map { PartnerID($0) } ?? partner
        do {
            let (record, isUsable) = try await store.read { [app] tx in
                (try tx.wabas.find(waba), try named.map { try tx.partners.find($0)?.appID == app.app.id } ?? true)
            }
            guard isUsable else {
                return settled(row, .invalid, "no partner \(named?.rawValue ?? "") of this app")
            }
            if let record, record.state.isHeld {
                guard let named, record.partnerID != named else {
                    return .settled(
                        ImportRow(
                            line: row.line, wabaID: row.wabaID, outcome: .alreadyHere, partnerID: record.partnerID,
                            customerID: record.customerID))
                }
                return settled(row, .ownedByAnotherPartner, nil)
            }
        } catch {
            return .error(row, .ofDatabase)
        }
        do throws(GraphError) {
            return try await find(waba, row, named)
        } catch  where error.isObjectNotVisible {
            return settled(row, .notShared, "Meta does not show it to the app")
        } catch {
            return .error(row, error)
        }
    }

    private func find(_ waba: WABAID, _ row: GivenRow, _ named: PartnerID?) async throws(GraphError) -> RowAnswer {
        let node = try await app.graph.send(ReadWABA(waba, token: token))
        guard let partner = try await owner(of: node.ownerBusiness?.id, named) else {
            return settled(row, .noPartner, "business \(node.ownerBusiness?.id.rawValue ?? "not known")")
        }
        let numbers = try await app.graph.all(ListPhoneNumbers(of: waba, token: token), limit: 500).map(\.facts)
        let apps = try await app.graph.send(ListSubscribedApps(waba, token: token)).subscriptions
        let (business, note) = try await customerToken(of: node.ownerBusiness?.id)
        return .found(
            FoundWABA(
                row: row, partner: partner, facts: node.facts, businessName: node.ownerBusiness?.name,
                numbers: numbers, isSubscribed: apps.contains { $0.appID == app.app.id }, token: business?.token,
                tokenExpiresAt: business?.expiry(now: store.clock.now()), note: note))
    }

    private func owner(of business: BusinessID?, _ named: PartnerID?) async throws(GraphError) -> PartnerID? {
        if let named { return named }
        guard let business else { return nil }
        do {
            return try await store.read { try $0.partners.approvedPartner(of: business) }
        } catch {
            throw .ofDatabase
        }
    }

    /// Without a token the WABA is on record all the same; the report says so.
    private func customerToken(
        of business: BusinessID?
    ) async throws(GraphError) -> (TokenAnswer<BusinessToken>?, String?) {
        guard let business else { return (nil, "no token: the owning business is not shown") }
        do throws(GraphError) {
            let answer = try await app.graph.send(
                FetchBusinessToken(businessID: business, token: token, systemUserID: app.app.systemUserID))
            return (answer, nil)
        } catch {
            guard error.class == .permanent || error.class == .needsPerson, error.code != 190 else { throw error }
            return (nil, "no token: \(error.plainText)")
        }
    }

    private func settled(_ row: GivenRow, _ outcome: ImportOutcome, _ detail: String?) -> RowAnswer {
        .settled(ImportRow(line: row.line, wabaID: row.wabaID, outcome: outcome, detail: detail))
    }
}

extension GraphError {
    /// Our own records could not be read between two calls: a reason to try again.
    static var ofDatabase: GraphError {
        GraphError(
            class: .transient, reach: .notSent, operation: "import", message: "the database did not answer")
    }
}
