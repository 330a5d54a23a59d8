// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import Store

extension PhoneNumbers {
    /// A number as Meta shows it now, with what stands in its way.
    package struct Details: Sendable, Hashable {
        /// Something that a message needs: the number, its WABA, the business, the app.
        package struct Entity: Sendable, Hashable {
            package let type: String?
            package let id: String?
            package let canSend: String?
            package let errors: [Problem]
        }

        package struct Problem: Sendable, Hashable {
            package let code: Int?
            package let description: String?
            package let solution: String?
        }

        package let facts: PhoneNumberFacts
        package let messagingLimit: String?
        package let throughputLevel: String?
        /// `AVAILABLE`, `LIMITED` or `BLOCKED`.
        package let canSend: String?
        package let entities: [Entity]
    }

    package func details(_ id: PhoneNumberID, for principal: Principal) async throws -> Details {
        let number = try await find(id, for: principal)
        let access = try await access(to: number, for: principal)
        let fields = PhoneNumberField.facts + [.messagingLimit, .throughput, .healthStatus]
        do throws(GraphError) {
            let answer = try await access.graph.send(ReadPhoneNumber(id, fields: fields, token: access.token))
            return Details(
                facts: answer.facts, messagingLimit: answer.messagingLimit, throughputLevel: answer.throughputLevel,
                canSend: answer.healthStatus?.canSendMessage,
                entities: (answer.healthStatus?.entities ?? []).map(Self.entity(_:)))
        } catch {
            throw translated(error)
        }
    }

    private static func entity(_ entity: HealthStatus.Entity) -> Details.Entity {
        Details.Entity(
            type: entity.entityType, id: entity.id, canSend: entity.canSendMessage,
            errors: (entity.errors ?? []).map {
                Details.Problem(code: $0.code, description: $0.description, solution: $0.possibleSolution)
            })
    }

    /// Writes the fields that are not nil; Meta takes them for registered numbers only.
    package func updateProfile(
        _ id: PhoneNumberID, _ profile: NumberProfile, by principal: Principal
    ) async throws {
        let number = try await find(id, for: principal)
        let access = try await access(to: number, for: principal)
        var changes = UpdateProfile.Changes()
        changes.about = profile.about
        changes.address = profile.address
        changes.description = profile.description
        changes.email = profile.email
        changes.websites = profile.website.map { [$0] }
        changes.vertical = profile.category?.rawValue
        do throws(GraphError) {
            _ = try await access.graph.send(UpdateProfile(id, changes: changes, token: access.token))
        } catch {
            throw translated(error)
        }
        try await store.write { try record("phone_number.profile_updated", nil, of: id, access, in: $0) }
    }
}
