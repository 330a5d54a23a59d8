// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// Accounts and senders of projects. What they show is a document; what is looked for stands in columns beside it.
package struct SenderTable {
    let tx: StoreTransaction

    // MARK: Accounts

    package func account(of project: ProjectID) throws -> ProjectAccount? {
        try anyAccount(of: project).flatMap { $0.deletedAt == nil ? $0 : nil }
    }

    /// A deleted one as well.
    func anyAccount(of project: ProjectID) throws -> ProjectAccount? {
        try tx.sql.first("SELECT document FROM project_account WHERE project_id = ?", [.id(project)])
            .map { try StoredJSON.decode(try $0.text("document")) }
    }

    package func save(_ account: ProjectAccount) throws {
        try tx.sql.execute(
            """
            INSERT INTO project_account (project_id, onboarding_id, document) VALUES (?, ?, ?)
            ON CONFLICT (project_id) DO UPDATE SET onboarding_id = excluded.onboarding_id, document = excluded.document
            """,
            [.id(account.projectID), .id(account.onboardingID), .text(try StoredJSON.encode(account))])
    }

    package func deleteAccount(of project: ProjectID) throws {
        guard var account = try account(of: project) else { return }
        account.deletedAt = tx.now
        account.onboardingID = nil
        try save(account)
    }

    /// From now on the project has an account again as soon as its customer has a WABA.
    package func forgetDeletedAccount(of project: ProjectID) throws {
        guard try anyAccount(of: project)?.deletedAt != nil else { return }
        try tx.sql.execute("DELETE FROM project_account WHERE project_id = ?", [.id(project)])
    }

    package func snapshot(_ account: ProjectAccount, of project: Project) throws -> AccountSnapshot {
        let onboarding = try account.onboardingID.flatMap { try tx.onboardings.find($0, of: project.partnerID) }
        let waba = try (account.wabaID ?? onboarding?.provenWABAID).flatMap {
            try tx.wabas.find($0, of: project.partnerID)
        }
        return AccountSnapshot(account: account, onboarding: onboarding, waba: waba)
    }

    // MARK: Senders

    package func save(_ sender: Sender) throws {
        try tx.sql.execute(
            """
            INSERT INTO sender (id, project_id, onboarding_id, phone_number_id, document, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET onboarding_id = excluded.onboarding_id,
                phone_number_id = excluded.phone_number_id, document = excluded.document
            """,
            [
                .id(sender.id), .id(sender.projectID), .id(sender.onboardingID), .id(sender.phoneNumberID),
                .text(try StoredJSON.encode(sender)), .time(sender.createdAt),
            ])
    }

    package func delete(_ id: SenderID) throws {
        try tx.sql.execute("DELETE FROM sender WHERE id = ?", [.id(id)])
    }

    package func find(_ id: SenderID) throws -> Sender? {
        try tx.sql.first("SELECT document FROM sender WHERE id = ?", [.id(id)])
            .map { try StoredJSON.decode(try $0.text("document")) }
    }

    package func find(number: PhoneNumberID) throws -> Sender? {
        try tx.sql.first("SELECT document FROM sender WHERE phone_number_id = ?", [.id(number)])
            .map { try StoredJSON.decode(try $0.text("document")) }
    }

    /// Newest first. A WABA has at most 20 numbers: a project's senders are few.
    package func all(of project: ProjectID) throws -> [Sender] {
        try tx.sql.query(
            "SELECT document FROM sender WHERE project_id = ? ORDER BY created_at DESC, id DESC LIMIT 1000",
            [.id(project)]
        ).map { try StoredJSON.decode(try $0.text("document")) }
    }

    package func snapshot(_ sender: Sender, of project: Project) throws -> SenderSnapshot {
        let onboarding = try sender.onboardingID.flatMap { try tx.onboardings.find($0, of: project.partnerID) }
        let numberID = sender.phoneNumberID ?? onboarding?.phoneNumberID
        let number = try numberID.flatMap { try tx.phoneNumbers.find($0, of: project.partnerID) }
        let wabaID = number?.wabaID ?? sender.wabaID ?? onboarding?.provenWABAID
        let waba = try wabaID.flatMap { try tx.wabas.find($0, of: project.partnerID) }
        return SenderSnapshot(sender: sender, onboarding: onboarding, waba: waba, number: number)
    }
}

extension StoreTransaction {
    package var senders: SenderTable { SenderTable(tx: self) }
}
