// SPDX-License-Identifier: Apache-2.0
import Configuration
import FoundationEssentials
import SystemPackage

/// Where settings come from: flags win, then the environment, then the file. The only place that knows providers.
package enum SettingsSource {
    /// `flags` holds what the command line gave, by key. `GANGWAY_SANDBOX_PORT` is the environment's name of `sandbox-port`.
    package static func load(
        flags: [String: String], configFile: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws -> ServerSettings {
        let given = Dictionary(uniqueKeysWithValues: flags.map { (variable($0.key), $0.value) })
        var providers: [any ConfigProvider] = [
            EnvironmentVariablesProvider(environmentVariables: given).prefixKeys(with: "gangway"),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "gangway"),
        ]
        if let file = configFile ?? environment["GANGWAY_CONFIG"] {
            guard FileManager.default.isReadableFile(atPath: file) else {
                throw SettingsError(description: "config: cannot read \(file)")
            }
            providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(file)))
        }
        return try ServerSettings(ConfigReader(providers: providers))
    }

    /// `sandbox-port` → `GANGWAY_SANDBOX_PORT`.
    static func variable(_ key: String) -> String {
        "GANGWAY_" + String(key.map { $0 == "-" ? "_" : $0 }).uppercased()
    }
}
