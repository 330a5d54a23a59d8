// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// What the steps of an offboarding share: the customer may have cut the ties already.
enum Departure {
    static let noToken = "no token for this WABA is kept: Meta cannot be asked"

    /// Meta no longer lets us at the WABA: nothing is left there that we could take back.
    static func outcome(for error: GraphError) -> StepOutcome? {
        let isGone =
            error.isObjectNotVisible || [10, 190].contains(error.code) || (200...299).contains(error.code ?? 0)
        return isGone ? .skipped(note: "Meta gives no access any more: \(error.timelineText)") : nil
    }
}

extension StepContext {
    /// The customer's token, else the operator's: after `assign_system_user` it may do the same.
    var leavingToken: (any BearerToken)? { secrets.businessToken ?? app.systemToken }
}
