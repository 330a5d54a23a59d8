// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import Store

extension PhoneNumbers {
    /// What customers see of the business. Source: Meta, business profiles.
    package struct Profile: Sendable, Hashable {
        /// 1 to 139 characters.
        package var about: String?
        /// Up to 256 characters.
        package var address: String?
        /// Up to 512 characters.
        package var description: String?
        /// Up to 128 characters.
        package var email: String?
        /// At most two.
        package var websites: [String]?
        /// `RETAIL`, `EDU`, …
        package var vertical: String?
        /// Read only.
        package let pictureURL: String?

        package init(
            about: String? = nil, address: String? = nil, description: String? = nil, email: String? = nil,
            websites: [String]? = nil, vertical: String? = nil, pictureURL: String? = nil
        ) {
            self.about = about
            self.address = address
            self.description = description
            self.email = email
            self.websites = websites
            self.vertical = vertical
            self.pictureURL = pictureURL
        }
    }

    /// Asks Meta for another display name; its review comes by webhook. The same name asked for again changes nothing.
    package func requestName(
        _ name: String, for id: PhoneNumberID, by principal: Principal
    ) async throws -> PhoneNumber {
        let number = try await find(id, for: principal)
        if number.requestedName == name, number.requestedNameStatus == Self.inReview { return number }
        let access = try await access(to: number, for: principal)
        do throws(GraphError) {
            _ = try await access.graph.send(RequestDisplayName(id, displayName: name, token: access.token))
        } catch {
            guard error.mayHaveHappened, await isAsked(name, of: id, access) else { throw translated(error) }
        }
        try await store.write { tx in
            try tx.phoneNumbers.setRequestedName(name, status: Self.inReview, of: id)
            try record("phone_number.name_requested", nil, of: id, access, in: tx)
        }
        return try await find(id, for: principal)
    }

    /// As Meta names it.
    private static let inReview = "PENDING_REVIEW"

    private func isAsked(_ name: String, of id: PhoneNumberID, _ access: NumberAccess) async -> Bool {
        let request = ReadPhoneNumber(id, fields: [.id, .newDisplayName, .newNameStatus], token: access.token)
        return (try? await access.graph.send(request))?.newDisplayName == name
    }

    /// Reads the number at Meta now: state, quality, limits, throughput and how its names stand.
    package func refresh(_ id: PhoneNumberID, by principal: Principal) async throws -> PhoneNumber {
        let number = try await find(id, for: principal)
        let access = try await access(to: number, for: principal)
        let answer: PhoneNumberAnswer
        do throws(GraphError) {
            let fields = PhoneNumberField.facts + [.throughput, .messagingLimit, .newDisplayName, .newNameStatus]
            answer = try await access.graph.send(ReadPhoneNumber(id, fields: fields, token: access.token))
        } catch {
            throw translated(error)
        }
        guard answer.id == id else {
            throw ServiceError.metaUnavailable(
                GraphError(
                    class: .transient, reach: .answered, operation: "read_phone_number",
                    message: "Meta answered with another number"))
        }
        try await store.write { tx in
            try tx.phoneNumbers.upsert(answer.facts, waba: access.waba.id, partner: access.waba.partnerID)
            if let name = answer.newDisplayName, let status = answer.newNameStatus, status != "NONE" {
                try tx.phoneNumbers.setRequestedName(name, status: status, of: id)
            }
        }
        return try await find(id, for: principal)
    }

    /// The business profile as customers see it, read at Meta.
    package func profile(of id: PhoneNumberID, for principal: Principal) async throws -> Profile {
        let access = try await access(to: try await find(id, for: principal), for: principal)
        let answer: BusinessProfile?
        do throws(GraphError) {
            answer = try await access.graph.send(ReadProfile(id, token: access.token)).data.first
        } catch {
            throw translated(error)
        }
        return Profile(
            about: answer?.about, address: answer?.address, description: answer?.description, email: answer?.email,
            websites: answer?.websites, vertical: answer?.vertical, pictureURL: answer?.profilePictureURL)
    }

    /// Writes the members that are not nil. Repeating it is harmless.
    package func updateProfile(
        of id: PhoneNumberID, _ draft: Profile, by principal: Principal
    ) async throws {
        var changes = UpdateProfile.Changes()
        changes.about = draft.about
        changes.address = draft.address
        changes.description = draft.description
        changes.email = draft.email
        changes.websites = draft.websites
        changes.vertical = draft.vertical
        let access = try await access(to: try await find(id, for: principal), for: principal)
        do throws(GraphError) {
            _ = try await access.graph.send(UpdateProfile(id, changes: changes, token: access.token))
        } catch {
            throw translated(error)
        }
        try await store.write { try record("phone_number.profile_updated", nil, of: id, access, in: $0) }
    }
}
