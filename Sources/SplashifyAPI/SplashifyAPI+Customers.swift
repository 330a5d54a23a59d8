// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

// Source: Splashify, "Create customer".
extension SplashifyAPI {
    @Sendable func createCustomer(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        _ = try caller.principal.requirePartner()
        let body = try await request.readBody(upTo: context.maxUploadSize)
        let draft = try JSONReading.decode(CreateCustomerRequest.self, from: body).draft()
        let outcome = try await uninterrupted {
            try await caller.services.customers.create(draft, by: caller.principal)
        }
        switch outcome {
        case .fresh(let customer):
            return try JSONAnswer.response(CreateCustomerAnswer(customer), status: .created)
        case .replayed(let answer):
            return JSONAnswer.response(answer.body, status: HTTPResponse.Status(code: answer.status))
        }
    }
}

private struct CreateCustomerAnswer: Encodable {
    struct Shown: Encodable {
        let customerID: String
        let fullName: String
        let email: String?
        let phone: String?
        let createdAt: String

        enum CodingKeys: String, CodingKey {
            case customerID = "customer_id"
            case fullName = "full_name"
            case email
            case phone
            case createdAt = "created_at"
        }
    }

    let success = true
    let message = "Customer created successfully"
    let customerID: String
    let customer: Shown

    enum CodingKeys: String, CodingKey {
        case success
        case message
        case customerID = "customer_id"
        case customer
    }

    init(_ created: Customer) {
        customerID = created.id.rawValue
        // Whole seconds, as in the documents: `2026-05-20T10:14:33Z`.
        customer = Shown(
            customerID: created.id.rawValue, fullName: created.name, email: created.email, phone: created.phone,
            createdAt: created.createdAt.description.prefix(19) + "Z")
    }
}
