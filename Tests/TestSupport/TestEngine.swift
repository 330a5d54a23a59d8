// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
package import SQLEngine

/// One engine that store tests run on.
package struct TestEngine: Sendable, CustomStringConvertible {
    package let description: String
    /// Opens an empty database below `folder`, which is removed when the test is over.
    package let open: @Sendable (_ folder: String) async throws -> any SQLDatabase

    package init(_ description: String, open: @escaping @Sendable (_ folder: String) async throws -> any SQLDatabase) {
        self.description = description
        self.open = open
    }

    package static let sqlite = TestEngine("SQLite") { folder in
        try await SQLiteEngine.open(path: folder + "/test.sqlite", logger: Logger(label: "test"))
    }

    /// What a parameterised store test runs on.
    package static let all: [TestEngine] = [sqlite]
}
