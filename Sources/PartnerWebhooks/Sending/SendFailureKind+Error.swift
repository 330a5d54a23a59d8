// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import NIOCore

extension SendFailureKind {
    /// What an error of the HTTP client means for an attempt.
    init(_ error: any Error) {
        if error is BlockedAddressError {
            self = .blockedAddress
        } else if let error = error as? HTTPClientError {
            self = Self.timeouts.contains(error) ? .timeout : .connection
        } else if case ChannelError.connectTimeout = error {
            self = .timeout
        } else if String(reflecting: type(of: error)).hasPrefix("NIOSSL.") {
            // The client passes its TLS library's errors through; no reason to depend on that library for their names.
            self = .tls
        } else {
            self = .connection
        }
    }

    private static let timeouts: [HTTPClientError] = [
        .deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout,
        .tlsHandshakeTimeout,
    ]
}
