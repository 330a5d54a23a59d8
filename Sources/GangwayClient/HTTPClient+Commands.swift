// SPDX-License-Identifier: Apache-2.0
package import AsyncHTTPClient

extension HTTPClient {
    /// For commands: a server that is not there is told at once, not after half a minute of tries. Never shut down.
    package static let forCommands: HTTPClient = {
        var settings = HTTPClient.Configuration()
        settings.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    }()
}
