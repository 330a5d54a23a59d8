// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import NIOCore
import Synchronization

/// One HTTP client a pair of host and address, so that a name is dialled at the address that was judged and connections
/// are used again. Clients that nobody has used for longest are closed when there are too many.
final class PinnedClients: Sendable {
    struct Key: Hashable {
        let host: String
        let address: IPAddress
    }

    /// A client on loan; must be given back.
    final class Entry: Sendable {
        let client: HTTPClient
        let connections: ConnectionGuard

        init(client: HTTPClient, connections: ConnectionGuard) {
            self.client = client
            self.connections = connections
        }
    }

    private struct Slot {
        let entry: Entry
        var inUseCount: Int
        var lastUse: UInt64
    }

    private struct State {
        var slots: [Key: Slot] = [:]
        var useCount: UInt64 = 0
    }

    private let addresses: AddressGuard
    private let group: any EventLoopGroup
    private let connectTimeout: Duration
    private let countMax: Int
    private let state = Mutex(State())

    init(addresses: AddressGuard, group: any EventLoopGroup, connectTimeout: Duration, countMax: Int) {
        self.addresses = addresses
        self.group = group
        self.connectTimeout = connectTimeout
        self.countMax = countMax
    }

    var count: Int { state.withLock { $0.slots.count } }

    func borrow(_ key: Key) -> Entry {
        let (entry, surplus) = state.withLock { state in
            state.useCount += 1
            if let entry = state.slots[key]?.entry {
                state.slots[key]?.inUseCount += 1
                state.slots[key]?.lastUse = state.useCount
                return (entry, nil as Entry?)
            }
            let surplus = state.slots.count >= countMax ? Self.removeLeastRecentlyUsed(from: &state) : nil
            let entry = makeEntry(key)
            state.slots[key] = Slot(entry: entry, inUseCount: 1, lastUse: state.useCount)
            return (entry, surplus)
        }
        if let surplus { Task { try? await surplus.client.shutdown() } }
        return entry
    }

    func giveBack(_ key: Key) { state.withLock { $0.slots[key]?.inUseCount -= 1 } }

    /// Cancels what is still under way.
    func shutDown() async {
        let entries = state.withLock { state in
            defer { state.slots = [:] }
            return state.slots.values.map(\.entry)
        }
        for entry in entries { try? await entry.client.shutdown() }
    }

    /// Clients on loan are left alone, so the number of calls under way bounds what exceeds the limit.
    private static func removeLeastRecentlyUsed(from state: inout State) -> Entry? {
        let idle = state.slots.filter { $0.value.inUseCount == 0 }
        guard let key = idle.min(by: { $0.value.lastUse < $1.value.lastUse })?.key else { return nil }
        return state.slots.removeValue(forKey: key)?.entry
    }

    private func makeEntry(_ key: Key) -> Entry {
        var configuration = HTTPClient.Configuration()
        configuration.dnsOverride = [key.host: key.address.description]
        configuration.redirectConfiguration = .disallow
        configuration.proxy = nil
        configuration.timeout.connect = TimeAmount(connectTimeout)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        let connections = ConnectionGuard(addresses)
        connections.install(in: &configuration)
        let client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
        return Entry(client: client, connections: connections)
    }
}
