// SPDX-License-Identifier: Apache-2.0

/// A vendor's documented API, as cases that any server can be asked.
package enum Dialect: String, Sendable, CaseIterable {
    case splashify
    case kaleyra
    case sinch

    /// In the order in which they are asked: later ones use what earlier ones kept.
    package var cases: [ConformanceCase] {
        switch self {
        case .splashify: SplashifyCases.all
        case .kaleyra: KaleyraCases.all
        case .sinch: SinchCases.all
        }
    }
}
