// SPDX-License-Identifier: Apache-2.0

/// Why a URL cannot be an endpoint. `message` is for the partner who sent it.
package enum EndpointURLError: Error, Hashable, Sendable {
    case empty
    case tooLong(bytesMax: Int)
    case forbiddenCharacter
    case missingScheme
    case schemeNotAllowed(String)
    case userInfo
    case fragment
    case missingHost
    case malformedHost
    case ambiguousAddress
    case addressLiteral
    case localName
    case malformedPort
    case portNotAllowed(Int)

    package var message: String {
        switch self {
        case .empty: "url must not be empty"
        case .tooLong(let bytesMax): "url must not be longer than \(bytesMax) bytes"
        case .forbiddenCharacter:
            "url must be visible ASCII without backslashes: percent-encode the path, write the host as xn--…"
        case .missingScheme: "url must begin with https://"
        case .schemeNotAllowed(let scheme): "url must begin with https://, not \(scheme)://"
        case .userInfo: "url must not contain a user name or password"
        case .fragment: "url must not contain a fragment (#…)"
        case .missingHost: "url must name a host"
        case .malformedHost: "the host of url is not a valid name"
        case .ambiguousAddress: "the host of url looks like an IP address in an unusual form"
        case .addressLiteral: "the host of url must be a name, not an IP address"
        case .localName: "the host of url must be a full public name, such as hooks.example.com"
        case .malformedPort: "the port of url must be a number from 1 to 65535"
        case .portNotAllowed(let port): "port \(port) is not allowed: use 443 or a port above 1023 that serves HTTP"
        }
    }
}
