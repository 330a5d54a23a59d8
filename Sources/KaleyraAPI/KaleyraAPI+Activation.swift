// SPDX-License-Identifier: Apache-2.0
import HTTPSupport
import Hummingbird
import Services

// Source: Kaleyra, "WhatsApp Registration".
extension KaleyraAPI {
    @Sendable func submitActivation(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await session(request, context)
        let draft = caller.services.activations.receiveCertificate()
        do {
            let upload = try await ActivationUpload.read(request, into: draft, uploads)
            let asked = try upload.request()
            let activation = try await uninterrupted {
                try await caller.services.activations.submit(asked, certificate: draft, by: caller.session)
            }
            let answer = ActivationAnswer(activation, onboarding: nil, of: caller.account)
            return try JSONAnswer.response(
                SuccessBody(
                    code: KaleyraOperation.activation.successCode, message: "Activation request created successfully.",
                    data: [answer]))
        } catch {
            // What `submit` was not given, or refused.
            await draft.discardUnlessFinished()
            throw error
        }
    }

    /// Not documented, ours: the newest request in the same shape, its `status` following the onboarding.
    @Sendable func showActivation(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await session(request, context)
        guard let latest = try await caller.services.activations.latest(of: caller.account) else {
            throw KaleyraError.notFound
        }
        let answer = ActivationAnswer(latest.activation, onboarding: latest.onboarding, of: caller.account)
        return try JSONAnswer.response(
            SuccessBody(code: KaleyraOperation.activation.successCode, message: answer.wording, data: [answer]))
    }
}
