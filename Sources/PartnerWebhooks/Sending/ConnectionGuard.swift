// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import NIOCore
import Synchronization

/// The connection leads to an address that the guard denies.
struct BlockedAddressError: Error {
    let denial: AddressGuard.Denial
}

/// Judges every new connection by the address at its other end, before a byte of the request is sent.
final class ConnectionGuard: Sendable {
    private let addresses: AddressGuard
    private let opened = Atomic<Int>(0)

    init(_ addresses: AddressGuard) { self.addresses = addresses }

    /// Connections made so far. One that was made before a request may have gone stale since.
    var openedCount: Int { opened.load(ordering: .relaxed) }

    func install(in configuration: inout HTTPClient.Configuration) {
        configuration.http1_1ConnectionDebugInitializer = { channel in self.judge(channel) }
        configuration.http2ConnectionDebugInitializer = { channel in self.judge(channel) }
    }

    private func judge(_ channel: any Channel) -> EventLoopFuture<Void> {
        opened.add(1, ordering: .relaxed)
        guard let remote = channel.remoteAddress, let text = remote.ipAddress, let address = IPAddress(text) else {
            return refuse(channel, .kind(.unspecified))
        }
        switch addresses.verdict(on: address, port: remote.port ?? 0) {
        case .allowed: return channel.eventLoop.makeSucceededVoidFuture()
        case .denied(let denial): return refuse(channel, denial)
        }
    }

    private func refuse(_ channel: any Channel, _ denial: AddressGuard.Denial) -> EventLoopFuture<Void> {
        channel.close(promise: nil)
        return channel.eventLoop.makeFailedFuture(BlockedAddressError(denial: denial))
    }
}
