// SPDX-License-Identifier: Apache-2.0
import Domain
package import HTTPSupport
import HTTPTypes
package import Hummingbird
import Services

/// Kaleyra's WhatsApp API, V1 and V2: a client of theirs changes its host and nothing else.
///
/// Checks come in the order credentials, KYC, body, state; the documents do not say.
package struct KaleyraAPI: Sendable {
    private let worlds: Worlds
    let uploads = UploadGate(limit: 8)

    package init(worlds: Worlds) { self.worlds = worlds }

    package func addRoutes(to router: Router<GangwayContext>) {
        let activation = door(router, .activation)
        activation.post(Routes.activation, use: submitActivation(_:_:))
        activation.get(Routes.activation, use: showActivation(_:_:))
        let v1 = door(router, .v1)
        v1.post(Routes.number, use: addNumberV1(_:_:))
        v1.put(Routes.number, use: updateNumberV1(_:_:))
        v1.get(Routes.detailsV1, use: detailsV1(_:_:))
        let v2 = door(router, .v2)
        v2.post(Routes.addNumber, use: addNumber(_:_:))
        v2.post(Routes.verifyNumber, use: verifyNumber(_:_:))
        v2.post(Routes.retryOTP, use: retryOTP(_:_:))
        v2.get(Routes.numbersOfWABA, use: listNumbers(_:_:))
        v2.put(Routes.updateNumber, use: updateNumber(_:_:))
        v2.get(Routes.details, use: detailsV2(_:_:))
    }

    /// Every error of a door is told as the failure of its operation.
    func door(_ router: Router<GangwayContext>, _ operation: KaleyraOperation) -> RouterGroup<GangwayContext> {
        router.group().add(middleware: KaleyraErrors(operation: operation))
    }

    /// Who asks. An account on trial is refused whatever it asks for: it "must complete the KYC".
    func session(_ request: Request, _ context: GangwayContext) async throws -> KaleyraSession {
        let key = HTTPField.Name(Routes.keyHeader).flatMap { request.headers[$0] } ?? ""
        let services = world(of: key)
        guard let services else { throw ServiceError.unauthorized }
        let session = try await services.activationAccounts.authenticate(
            sid: context.parameters.get(Routes.sidParameter) ?? "", key: key)
        guard session.account.isVerified else { throw ServiceError.accountNotVerified }
        let partner = try await services.partners.find(session.account.partnerID, for: session.principal)
        guard partner.isWhatsAppEnabled else { throw ServiceError.whatsAppDisabled }
        return KaleyraSession(services: services, session: session)
    }

    /// The key says which; one that says nothing is looked up all the same, so that it costs as much as a wrong one.
    private func world(of key: String) -> WorldServices? {
        if key.hasPrefix("ka_live_") { return worlds.live ?? worlds.test }
        return worlds.test ?? worlds.live
    }
}

/// An account that may act, in its world.
struct KaleyraSession: Sendable {
    let services: WorldServices
    let session: ActivationAccounts.Session

    var account: ActivationAccount { session.account }
    var principal: Principal { session.principal }
}
