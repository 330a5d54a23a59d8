// SPDX-License-Identifier: Apache-2.0
import SQLEngine

/// What an error of ``Store`` means to whoever brought the work.
package enum StoreFailure: Sendable, Hashable {
    /// The database does not serve now; nothing is wrong with the work, and the same will do later.
    case passing
    /// The database is closed: the process ends.
    case closed
    /// The work itself is refused, now and later.
    case permanent

    package init(_ error: any Error) {
        switch error as? SQLError {
        case .busy, .connection, .ambiguousCommit, .serialization, .storage: self = .passing
        case .closed: self = .closed
        case .uniqueViolation, .constraintViolation, .statement, .decoding, nil: self = .permanent
        }
    }
}
