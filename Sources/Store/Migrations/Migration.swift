// SPDX-License-Identifier: Apache-2.0

/// One numbered change of the schema, never edited once released. One SQL text for both engines; the tokens
/// `INTEGER TEXT BLOB REAL IDENTITY` are logical types that the engine translates.
package struct Migration: Sendable {
    package let version: Int
    package let name: String
    package let statements: [String]

    /// All of them in order of application.
    package static let all: [Migration] = [
        .tenants, .onboardings, .metaAccounts, .durableWork, .notifications, .events, .records, .numbers,
        .reconciling, .custody, .worldClock, .activations, .cloudObjects, .projects,
        .audit, .plans, .certificates, .lists, .novelties, .recordedCalls, .backlogs,
    ]
}
