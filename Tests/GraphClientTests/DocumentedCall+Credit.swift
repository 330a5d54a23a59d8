// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

extension DocumentedCall {
    private static let share = ShareCreditLine(
        Sample.creditLine, wabaID: Sample.waba, currency: "USD", token: Sample.systemToken)
    private static let find = ListAllocations(
        of: Sample.creditLine, receivingBusinessID: Sample.customerBusiness, token: Sample.systemToken)

    private static func shared(_ answer: CreditShareAnswer) -> String {
        text(answer.allocationID, answer.wabaID, answer.success)
    }

    private static func found(_ page: GraphPage<Allocation>) -> String {
        text(page.data.count, page.data.first?.id, page.data.first?.receivingBusiness?.id)
    }

    static let credit: [DocumentedCall] = [
        DocumentedCall(
            "credit-line", "list credit lines",
            ListCreditLines(of: Sample.partnerBusiness, token: Sample.systemToken),
            reads: "1972385232742146 Gangway Partner Inc.",
            summary: { text($0.data.first?.id, $0.data.first?.legalEntityName) }),
        DocumentedCall(
            "credit-line", "share and attach in one call", share, reads: "58501441721238 102290129340398 -",
            summary: shared),
        DocumentedCall(
            "credit-line", "two-step a: owner business",
            ReadWABA(Sample.waba, fields: [.ownerBusiness], token: Sample.businessToken),
            reads: "506914307656634 Lucky Shrub", summary: { text($0.ownerBusiness?.id, $0.ownerBusiness?.name) }),
        DocumentedCall(
            "credit-line", "two-step b: share",
            ShareCreditLineOnly(
                Sample.creditLine, receivingBusinessID: Sample.customerBusiness, token: Sample.systemToken),
            reads: "58501441721238 - true", summary: shared),
        DocumentedCall(
            "credit-line", "two-step c: attach",
            AttachCreditLine(Sample.creditLine, wabaID: Sample.waba, currency: "USD", token: Sample.businessToken),
            reads: "58501441721238 102290129340398 true", summary: shared),
        DocumentedCall(
            "credit-line", "verify 1",
            ReadAllocation(Sample.allocation, fields: [.receivingCredential], token: Sample.systemToken),
            reads: "290123456789012 false", summary: { text($0.receivingCredentialID, $0.isRevoked) }),
        DocumentedCall(
            "credit-line", "verify 2: equal ids mean shared",
            ReadWABA(Sample.waba, fields: [.primaryFundingID], token: Sample.businessToken), reads: "290123456789012",
            summary: { text($0.primaryFundingID) }),
        DocumentedCall(
            "credit-line", "find allocation", find, reads: "1 58501441721238 506914307656634", summary: found),
        DocumentedCall(
            "credit-line", "find allocation, single object as printed in the guide", find,
            reads: "1 58501441721238 506914307656634", summary: found),
        DocumentedCall(
            "credit-line", "revoke", RevokeAllocation(Sample.allocation, token: Sample.systemToken), reads: "true",
            summary: { text($0.success) }),
        DocumentedCall(
            "credit-line", "check revocation",
            ReadAllocation(
                Sample.allocation, fields: [.receivingBusiness, .requestStatus], token: Sample.systemToken),
            reads: "true 506914307656634", summary: { text($0.isRevoked, $0.receivingBusiness?.id) }),
        DocumentedCall(
            "credit-line", "missing role (inferred error)", share, reads: "error needs_person 200/0", summary: shared),
    ]

    static let solutions: [DocumentedCall] = [
        DocumentedCall(
            "solutions", "read", ReadSolution(Sample.solution, token: Sample.systemToken),
            added: ["appsecret_proof", "fields"], reads: "774485461512159 Lucky Shrub Solution 2 670843887433847",
            summary: { text($0.id, $0.name, $0.ownerPermissions?.count, $0.partners.first?.appID) }),
        DocumentedCall(
            "solutions", "granular token",
            FetchSolutionToken(Sample.solution, businessID: Sample.customerBusiness, token: Sample.systemToken),
            reads: "EAAJgranularTokenPlaceholder -",
            summary: { text($0.token.secret, $0.expiresAt?.seconds) }),
    ]
}
