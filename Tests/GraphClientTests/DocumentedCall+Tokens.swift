// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

private func token<Token>(_ answer: TokenAnswer<Token>) -> String {
    text(answer.token.secret, answer.tokenType, answer.expiresIn.map { $0.milliseconds / 1000 })
}

private func debugged(_ answer: DebugToken.Response) -> String {
    let facts = answer.data
    let targets = facts.wabaIDs.map(\.rawValue).joined(separator: ",")
    return text(facts.appID, facts.type, facts.isValid, facts.expiresAt?.seconds, facts.issuedAt?.seconds, targets)
}

extension DocumentedCall {
    private static let exchange = ExchangeCode(code: Sample.code)
    private static let debug = DebugToken(inspected: Sample.businessToken, token: Sample.systemToken)
    private static let head = "634974688087057 SYSTEM_USER"

    static let tokens: [DocumentedCall] = [
        DocumentedCall(
            "oauth", "exchange code, non-expiring business token", exchange, added: [],
            reads: "EAAJbusinessTokenPlaceholder bearer -", summary: token),
        DocumentedCall(
            "oauth", "exchange code, 60-day token", exchange, added: [],
            reads: "EAAJbusinessTokenPlaceholder bearer 5183944", summary: token),
        DocumentedCall(
            "oauth", "code expired", exchange, added: [], reads: "error needs_person 100/36007", summary: token),
        DocumentedCall(
            "oauth", "code used twice", exchange, added: [], reads: "error needs_person 100/36009", summary: token),
        DocumentedCall(
            "oauth", "redirect_uri mismatch", exchange, added: [], reads: "error needs_person 100/36008",
            summary: token),
        DocumentedCall(
            "oauth", "code malformed", exchange, added: [], reads: "error needs_person 100/0", summary: token),
        DocumentedCall(
            "oauth", "wrong app secret (message and code not verified)", exchange, added: [],
            reads: "error needs_person 1/0", summary: token),
        DocumentedCall(
            "oauth", "long-lived exchange", ExtendToken(token: BusinessToken("EAAJshortLivedPlaceholder")), added: [],
            reads: "EAAJlongLivedPlaceholder bearer 5183944", summary: token),
        DocumentedCall(
            "oauth", "app access token", FetchAppToken(), added: [],
            reads: "634974688087057|appTokenPlaceholder bearer -", summary: token),
        DocumentedCall(
            "oauth", "business token without code (hosted signup)",
            FetchBusinessToken(businessID: Sample.customerBusiness, token: Sample.systemToken), added: [],
            reads: "EAAJbusinessTokenPlaceholder - -", summary: token),
        DocumentedCall(
            "debug-token", "valid business token", debug, added: [],
            reads: "\(head) true - 1764000000 102290129340398", summary: debugged),
        DocumentedCall(
            "debug-token", "several WABAs, newest first", debug, added: [],
            reads: "\(head) true - 1764000000 105954558954427,102290129340398", summary: debugged),
        DocumentedCall(
            "debug-token", "variant of June 2026: management scope reported as manage_events", debug, added: [],
            reads: "\(head) true - 1764000000 102290129340398", summary: debugged),
        DocumentedCall(
            "debug-token", "own system token: no target_ids", debug, added: [],
            reads: "\(head) true - 1764000000 ", summary: debugged),
        DocumentedCall(
            "debug-token", "invalid token (shape not verified on Meta page)", debug, added: [],
            reads: "190 463 false 1764000000",
            summary: { text($0.data.error?.code, $0.data.error?.subcode, $0.data.isValid, $0.data.expiresAt?.seconds) }),
    ]
}
