// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

// Source: Splashify, "Phone Numbers", "Register Number".
extension SplashifyAPI {
    @Sendable func listNumbersOfWABA(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await enabledPartner(context)
        let waba = try await ownWABA(context, of: caller)
        let numbers = try await caller.services.phoneNumbers.atMeta(waba: waba.id, for: caller.principal)
        return try JSONAnswer.response(try PhoneNumberList(numbers, query: request.uri.queryParameters))
    }

    /// For when the WABA's id is not known yet: the numbers of every WABA that this customer has by now, maybe none.
    @Sendable func listNumbersOfCustomer(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await enabledPartner(context)
        let customer = try await customer(context, of: caller)
        var numbers: [PhoneNumbers.Listed] = []
        let wabas = try await caller.services.wabas.list(
            customer: customer.id, PageRequest(limit: 100), for: caller.principal)
        for waba in wabas.items where waba.isReachable {
            do {
                numbers += try await caller.services.phoneNumbers.atMeta(waba: waba.id, for: caller.principal)
            } catch ServiceError.wabaNotFound {
                // Proven to be ours, and its token is still being fetched: nothing to show yet.
            }
        }
        return try JSONAnswer.response(try PhoneNumberList(numbers, query: request.uri.queryParameters))
    }

    @Sendable func register(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await enabledPartner(context)
        let number = try await ownNumber(context, of: caller)
        let body = try await request.readBody(upTo: context.maxUploadSize)
        let pin = try JSONReading.decode(RegisterRequest.self, from: body).validated()
        try await uninterrupted {
            _ = try await caller.services.phoneNumbers.register(
                number.id, pin: pin, region: nil, by: caller.principal)
        }
        return try JSONAnswer.response(Success())
    }

    /// Splashify tells another's id (403) from nobody's (404).
    func ownWABA(_ context: GangwayContext, of caller: Caller) async throws -> WABA {
        guard let id = context.parameters.get(Routes.idParameter).flatMap({ WABAID(validating: $0) }) else {
            throw SplashifyError.idNotFound
        }
        return try await owned(id, caller)
    }

    func owned(_ id: WABAID, _ caller: Caller) async throws -> WABA {
        do {
            return try await caller.services.wabas.find(id, for: caller.principal)
        } catch ServiceError.wabaNotFound {
            throw try await caller.services.wabas.isKnown(id) ? SplashifyError.idOfAnother : .idNotFound
        }
    }

    func ownNumber(_ context: GangwayContext, of caller: Caller) async throws -> PhoneNumber {
        guard let id = context.parameters.get(Routes.idParameter).flatMap({ PhoneNumberID(validating: $0) }) else {
            throw SplashifyError.idNotFound
        }
        do {
            return try await caller.services.phoneNumbers.find(id, for: caller.principal)
        } catch ServiceError.phoneNumberNotFound {
            throw try await caller.services.phoneNumbers.isKnown(id) ? SplashifyError.idOfAnother : .idNotFound
        }
    }
}

extension WABA {
    /// Whether there is still something at Meta that the customer's token can read.
    fileprivate var isReachable: Bool {
        switch state {
        case .onboarding, .live, .restricted: true
        case .disconnected, .deleted, .offboarded: false
        }
    }
}

private struct RegisterRequest: Decodable {
    let messagingProduct: String
    let pin: String
    let newVerifiedName: String?

    enum CodingKeys: String, CodingKey {
        case messagingProduct = "messaging_product"
        case pin
        case newVerifiedName = "new_verified_name"
    }

    func validated() throws(ServiceError) -> RegistrationPIN {
        guard messagingProduct == "whatsapp" else {
            throw .invalid(field: "messaging_product", message: #"must be "whatsapp""#)
        }
        guard let pin = RegistrationPIN(validating: pin) else {
            throw .invalid(field: "pin", message: "must be 6 digits")
        }
        // A success that left the name as it was would be a lie.
        guard newVerifiedName == nil else {
            throw .invalid(field: "new_verified_name", message: "is not supported here; change the name at Meta")
        }
        return pin
    }
}
