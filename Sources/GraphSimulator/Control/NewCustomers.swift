// SPDX-License-Identifier: Apache-2.0

extension WorldState {
    private static let week: Milliseconds = 7 * 86_400_000

    /// Source: Meta, Embedded Signup overview: 10 new customers in seven days, 200 after verification and review.
    func checkNewCustomers(_ businessID: String) throws(ControlFailure) {
        guard let most = configuration.newCustomersPerWeek, firstShare(of: businessID) == nil else { return }
        let since = now - Self.week
        let recent = businesses.keys.count { id in firstShare(of: id).map { $0 > since } ?? false }
        guard recent < most else {
            throw ControlFailure("this app has reached its limit of \(most) new customers in 7 days", status: 429)
        }
    }

    private func firstShare(of businessID: String) -> Milliseconds? {
        businesses[businessID]?.wabaIDs.compactMap { wabas[$0]?.sharedWith[app.businessID] }.min()
    }
}
