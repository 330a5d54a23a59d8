// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import Testing

/// docs/configuration.md, the flags and the code name the same settings.
@Suite struct CLIConfigurationGuideTests {
    @Test func `every key that is read is known to the check of config files`() throws {
        let source = try Repository.text("Sources/GangwayServer/Settings/ServerSettings+Reading.swift")
        let read = source.matches(of: /config\.(?:text|number|seconds|hours|flag|list)\("([a-z-]+)"/).map {
            String($0.output.1)
        }
        #expect(Set(read) == ServerSettings.keys)
        #expect(!source.contains("(forKey: \""), "a key is read past the readers that name it in errors")
    }

    @Test(arguments: ServerSettings.keys.sorted())
    func `the guide has a line for the setting: key, flag and variable`(key: String) throws {
        let variable = "GANGWAY_" + key.uppercased().replacing("-", with: "_")
        #expect(try Repository.text("docs/configuration.md").contains("| `\(key)` | `--\(key)` | `\(variable)` |"))
    }

    @Test(arguments: ServerSettings.keys.sorted())
    func `serve has a flag for the setting`(key: String) throws {
        #expect(try Repository.text("Sources/gangway/ServerFlags.swift").contains("(\"\(key)\", "))
    }

    @Test func `the guide names no setting that does not exist`() throws {
        let guide = try Repository.text("docs/configuration.md")
        let named = guide.matches(of: /\| `([a-z-]+)` \| `--/).map { String($0.output.1) }
        #expect(named.sorted() == ServerSettings.keys.sorted())
    }

    @Test func `the guide's example file can be read`() async throws {
        let guide = try Repository.text("docs/configuration.md")
        let example = try #require(guide.firstMatch(of: /```json\n((?s:.*?))```/)).output.1
        let sources = CLISettingsTests.Sources(file: String(example))
        #expect(try await sources.load().servesLive)
    }
}
