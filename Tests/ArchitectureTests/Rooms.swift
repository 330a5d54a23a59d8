// SPDX-License-Identifier: Apache-2.0

/// One target below `Sources` and what it may import beside the toolchain's modules and the open ones.
struct Room: Sendable {
    let floor: Int
    let name: String
    let imports: Set<String>

    init(_ floor: Int, _ name: String, _ imports: Set<String>) {
        self.floor = floor
        self.name = name
        self.imports = imports
    }
}

/// The plan of the house: imports go down only.
enum House {
    /// What comes with Swift and its C library.
    static let toolchain: Set<String> = [
        "Swift", "Foundation", "FoundationEssentials", "Synchronization", "Dispatch", "RegexBuilder", "Glibc", "Musl",
        "Darwin",
    ]

    /// Open to every room from floor 2 up, except where `closed` says otherwise.
    static let open: Set<String> = ["Domain", "Logging", "Metrics"]

    /// The simulator must not share a mistake with the client that it is there to test.
    static let closed: [String: Set<String>] = ["GraphSimulator": ["Domain", "GraphClient"]]

    /// Only the composition root reads configuration.
    static let configurationReaders: Set<String> = ["GangwayServer"]

    /// Modules that come with a product of another name.
    static let productOfModule = ["GRDBSQLite": "GRDB", "CoreMetrics": "Metrics"]

    private static let door: Set<String> = [
        "HTTPSupport", "Services", "OpenAPI", "Hummingbird", "HTTPTypes", "NIOCore",
    ]
    private static let vendorDoor = door.union(["PartnerWebhooks"])

    static let rooms: [Room] = [
        Room(0, "CPostgres", []),
        Room(1, "Domain", []),
        Room(1, "WebhookSignatures", ["Crypto"]),
        Room(1, "SealedSecrets", ["Crypto"]),
        Room(1, "SQLEngine", ["CPostgres", "GRDB", "GRDBSQLite", "Logging"]),
        Room(2, "GraphClient", ["AsyncHTTPClient", "Crypto", "HTTPTypes", "NIOCore", "NIOPosix", "NIOHTTP1"]),
        Room(2, "OpenAPI", []),
        Room(2, "Store", ["SQLEngine", "SealedSecrets", "Crypto"]),
        Room(3, "DurableWork", ["Store", "ServiceLifecycle"]),
        Room(
            3, "PartnerWebhooks",
            ["Store", "WebhookSignatures", "AsyncHTTPClient", "NIOCore", "NIOPosix", "NIOHTTP1", "ServiceLifecycle"]),
        Room(4, "OnboardingRunner", ["GraphClient", "Store", "DurableWork", "Crypto"]),
        Room(4, "MetaChanges", ["GraphClient", "Store", "DurableWork", "Crypto", "ServiceLifecycle"]),
        Room(
            5, "Services",
            ["GraphClient", "Store", "DurableWork", "PartnerWebhooks", "OnboardingRunner", "MetaChanges", "Crypto"]),
        Room(5, "Reconciling", ["GraphClient", "Store", "DurableWork", "OnboardingRunner", "MetaChanges"]),
        Room(6, "HTTPSupport", ["Services", "Hummingbird", "HTTPTypes", "NIOCore", "Crypto"]),
        Room(7, "NativeAPI", vendorDoor),
        Room(7, "SplashifyAPI", vendorDoor),
        Room(7, "KaleyraAPI", vendorDoor),
        Room(7, "SinchAPI", vendorDoor.union(["Crypto", "JWTKit"])),
        Room(7, "MetaWebhooks", door.union(["WebhookSignatures"])),
        Room(7, "Web", door.union(["Mustache", "Crypto"])),
        Room(
            7, "GraphSimulator",
            [
                "WebhookSignatures", "Hummingbird", "AsyncHTTPClient", "HTTPTypes", "NIOCore", "NIOHTTP1", "Crypto",
                "ServiceLifecycle",
            ]),
        Room(7, "GangwayClient", ["AsyncHTTPClient", "NIOCore", "NIOHTTP1", "HTTPTypes"]),
        Room(7, "Conformance", ["AsyncHTTPClient", "NIOCore", "NIOHTTP1"]),
        Room(
            8, "GangwayServer",
            [
                "OpenAPI", "WebhookSignatures", "SealedSecrets", "SQLEngine", "GraphClient", "Store", "DurableWork",
                "PartnerWebhooks", "OnboardingRunner", "MetaChanges", "Services", "Reconciling", "HTTPSupport",
                "NativeAPI", "SplashifyAPI", "KaleyraAPI", "SinchAPI", "MetaWebhooks", "Web", "GraphSimulator",
                "GangwayClient",
                "Hummingbird", "AsyncHTTPClient", "Configuration", "ServiceLifecycle", "UnixSignals", "NIOCore",
                "NIOHTTP1", "NIOPosix", "HTTPTypes", "SystemPackage",
            ]),
        Room(9, "gangway", ["GangwayServer", "GangwayClient", "Conformance", "ArgumentParser"]),
    ]

    static func room(_ name: String) -> Room? { rooms.first { $0.name == name } }

    static func allows(_ module: String, in room: Room) -> Bool {
        if closed[room.name, default: []].contains(module) { return false }
        if module == "Configuration" && !configurationReaders.contains(room.name) { return false }
        if toolchain.contains(module) || room.imports.contains(module) { return true }
        return room.floor >= 2 && open.contains(module)
    }
}
