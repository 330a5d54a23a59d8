// SPDX-License-Identifier: Apache-2.0
import Configuration
import FoundationEssentials
import SystemPackage

/// Where settings come from: flags win, then the environment, then the file. The only place that knows providers.
package enum SettingsSource {
    /// `flags` holds what the command line gave, by key. `GANGWAY_SANDBOX_PORT` is the environment's name of `sandbox-port`.
    package static func load(
        flags: [String: String], configFile: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws -> ServerSettings {
        let given = Dictionary(uniqueKeysWithValues: flags.map { (variable($0.key), $0.value) })
        var providers: [any ConfigProvider] = [
            EnvironmentVariablesProvider(environmentVariables: given).prefixKeys(with: "gangway"),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "gangway"),
        ]
        if let file = configFile ?? environment["GANGWAY_CONFIG"] {
            try checkKeys(of: file)
            providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(file)))
        }
        return try ServerSettings(ConfigReader(providers: providers))
    }

    /// A misspelt key would otherwise be a setting that silently stays at its default.
    private static func checkKeys(of file: String) throws {
        guard let data = try? Data(contentsOf: URL(filePath: file)) else {
            throw SettingsError(description: "config: cannot read \(file)")
        }
        guard let given = try? JSONDecoder().decode([String: AnyValue].self, from: data) else {
            throw SettingsError(description: "config: \(file) is not a JSON object")
        }
        let unknown = given.keys.filter { !ServerSettings.keys.contains($0) }.sorted()
        guard unknown.isEmpty else {
            throw SettingsError(
                description: "config: \(file) has keys that are no settings: \(unknown.joined(separator: ", "))")
        }
    }

    private struct AnyValue: Decodable {
        init(from decoder: any Decoder) {}
    }

    /// `sandbox-port` → `GANGWAY_SANDBOX_PORT`.
    static func variable(_ key: String) -> String {
        "GANGWAY_" + String(key.map { $0 == "-" ? "_" : $0 }).uppercased()
    }
}
