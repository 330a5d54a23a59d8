// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// Source: Swift Evolution SE-0335, SE-0444, SE-0409: spelled-out existentials, visible members, internal imports.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude, resources: resources,
        swiftSettings: settings)
}

let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "gangway",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gangway", targets: ["gangway"]),
        .library(name: "WebhookSignatures", targets: ["WebhookSignatures"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        // Floor 0
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        // Floor 1
        room("Domain", []),
        room("WebhookSignatures", [crypto]),
        room("SealedSecrets", [crypto]),
        room("SQLEngine", ["CPostgres", grdb, logging]),
        // Floor 2
        room(
            "GraphClient",
            ["Domain", asyncHTTPClient, crypto, httpTypes, nioCore, nioPosix, nioHTTP1, logging, metrics]),
        room("OpenAPI", ["Domain"]),
        room("Store", ["Domain", "SQLEngine", "SealedSecrets", crypto, logging]),
        // Floor 3
        room("DurableWork", ["Domain", "Store", lifecycle, logging, metrics]),
        room(
            "PartnerWebhooks",
            [
                "Domain", "Store", "WebhookSignatures", asyncHTTPClient, nioCore, nioPosix, nioHTTP1, lifecycle,
                logging, metrics,
            ]),
        // Floor 4
        room("OnboardingRunner", ["Domain", "GraphClient", "Store", "DurableWork", crypto, logging, metrics]),
        room("MetaChanges", ["Domain", "GraphClient", "Store", "DurableWork", crypto, lifecycle, logging, metrics]),
        // Floor 5
        room(
            "Services",
            [
                "Domain", "GraphClient", "Store", "DurableWork", "PartnerWebhooks", "OnboardingRunner", "MetaChanges",
                crypto, logging,
            ]),
        room(
            "Reconciling",
            ["Domain", "GraphClient", "Store", "DurableWork", "OnboardingRunner", "MetaChanges", logging, metrics]),
        // Floor 6
        room("HTTPSupport", ["Domain", "Services", hummingbird, httpTypes, nioCore, crypto, logging, metrics]),
        // Floor 7
        room(
            "NativeAPI",
            [
                "Domain", "OpenAPI", "HTTPSupport", "Services", "PartnerWebhooks", hummingbird, httpTypes, nioCore,
                logging,
            ]),
        room(
            "SplashifyAPI",
            ["Domain", "OpenAPI", "HTTPSupport", "Services", "PartnerWebhooks", hummingbird, httpTypes, logging]),
        room(
            "KaleyraAPI",
            [
                "Domain", "OpenAPI", "HTTPSupport", "Services", "PartnerWebhooks", hummingbird, httpTypes, nioCore,
                logging,
            ]),
        room(
            "SinchAPI",
            [
                "Domain", "OpenAPI", "HTTPSupport", "Services", "PartnerWebhooks", hummingbird, httpTypes, nioCore,
                crypto, jwtKit, logging,
            ]),
        room(
            "MetaWebhooks",
            [
                "Domain", "OpenAPI", "HTTPSupport", "Services", "WebhookSignatures", hummingbird, httpTypes, nioCore,
                logging, metrics,
            ]),
        room(
            "GraphSimulator",
            [
                "WebhookSignatures", hummingbird, asyncHTTPClient, httpTypes, nioCore, nioHTTP1, crypto, lifecycle,
                logging,
            ]),
        room("GangwayClient", [asyncHTTPClient, nioCore, nioHTTP1, httpTypes]),
        room("Conformance", [asyncHTTPClient, nioCore, nioHTTP1]),
        // Floor 8
        room(
            "GangwayServer",
            [
                "Domain", "OpenAPI", "WebhookSignatures", "SealedSecrets", "SQLEngine", "GraphClient", "Store",
                "DurableWork", "PartnerWebhooks", "OnboardingRunner", "MetaChanges", "Services", "Reconciling",
                "HTTPSupport",
                "NativeAPI", "SplashifyAPI", "KaleyraAPI", "SinchAPI", "MetaWebhooks", "GraphSimulator",
                "GangwayClient",
                hummingbird, asyncHTTPClient,
                configuration, lifecycle, unixSignals, logging, metrics, nioCore, nioHTTP1, nioPosix, httpTypes,
                systemPackage,
            ]),
        // Floor 9
        .executableTarget(
            name: "gangway",
            dependencies: ["GangwayServer", "GangwayClient", "Conformance", argumentParser, logging],
            swiftSettings: settings,
            linkerSettings: [
                // Relocations in a hundredth of the space: 2 MiB less of a resident server. Needs glibc 2.36 (Debian 12).
                .unsafeFlags(
                    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
                    .when(platforms: [.linux], configuration: .release))
            ]),
        .executableTarget(
            name: "gangway-bench",
            dependencies: [
                "GangwayServer", "GraphSimulator", "SQLEngine", "WebhookSignatures", asyncHTTPClient, argumentParser,
                logging, nioCore, nioHTTP1,
            ],
            path: "Benchmarks/gangway-bench", swiftSettings: settings),
        // Tests
        .target(
            name: "TestSupport",
            dependencies: [
                "Domain", "SQLEngine", "Store", "SealedSecrets", hummingbird, httpTypes, nioCore, nioHTTP1,
                asyncHTTPClient, logging,
            ],
            path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "StoreConformance", dependencies: ["SQLEngine"], path: "Tests/StoreConformance",
            swiftSettings: settings),
        tests("ArchitectureTests", []),
        tests("DomainTests", ["Domain"]),
        tests("WebhookSignaturesTests", ["WebhookSignatures"]),
        tests("SealedSecretsTests", ["SealedSecrets", crypto]),
        tests("SQLEngineTests", ["SQLEngine", "StoreConformance"]),
        tests(
            "GraphClientTests", ["GraphClient", "Domain", hummingbird, asyncHTTPClient, httpTypes, nioCore, logging],
            resources: [.copy("Fixtures")]),
        tests("StoreTests", ["Store", "SQLEngine", "Domain", "SealedSecrets"]),
        tests("DurableWorkTests", ["DurableWork", "Store", "Domain", "SQLEngine", logging]),
        tests(
            "PartnerWebhooksTests",
            [
                "PartnerWebhooks", "Store", "Domain", "WebhookSignatures", hummingbird, asyncHTTPClient, nioCore,
                lifecycle, logging,
            ]),
        tests(
            "OnboardingRunnerTests",
            ["OnboardingRunner", "Store", "Domain", "DurableWork", "GraphClient", "SQLEngine", logging]),
        tests(
            "MetaChangesTests",
            ["MetaChanges", "Store", "Domain", "DurableWork", "GraphClient", "SQLEngine", lifecycle, logging],
            resources: [.copy("Fixtures")]),
        tests(
            "DoorTests",
            [
                "NativeAPI", "SplashifyAPI", "KaleyraAPI", "SinchAPI", "MetaWebhooks", "HTTPSupport", "Services",
                "OpenAPI", "Conformance",
                "Domain", "WebhookSignatures",
                "Store", "SQLEngine", "DurableWork", "GraphClient", "OnboardingRunner", "PartnerWebhooks",
                hummingbird, hummingbirdTesting, crypto, httpTypes, nioCore, logging,
            ]),
        tests(
            "GraphSimulatorTests",
            [
                "GraphSimulator", "WebhookSignatures", hummingbird, asyncHTTPClient, httpTypes, nioCore, nioHTTP1,
                crypto,
                lifecycle, logging,
            ],
            resources: [.copy("Fixtures")]),
        tests(
            "GangwayServerTests",
            [
                "GangwayServer", "GangwayClient", "GraphSimulator", "GraphClient", "Domain", "Store", "SQLEngine",
                "OpenAPI", "Conformance", "WebhookSignatures", crypto, asyncHTTPClient, hummingbird, nioCore, nioHTTP1,
                nioPosix, logging,
            ]),
        tests(
            "CrashTests",
            ["gangway", "GangwayServer", "OnboardingRunner", "Domain", "WebhookSignatures", asyncHTTPClient, nioCore]),
    ],
    swiftLanguageModes: [.v6]
)

// libFuzzer comes with the toolchain on Linux only. See Tests/Fuzz/README.md.
#if os(Linux)
    package.targets += [
        .executableTarget(
            name: "gangway-fuzz",
            dependencies: [
                "Domain", "Services", "HTTPSupport", hummingbird, hummingbirdCore, crypto, nioCore, httpTypes,
            ],
            path: "Tests/Fuzz", exclude: ["README.md", "Corpus"],
            swiftSettings: settings + [.unsafeFlags(["-sanitize=fuzzer"])],
            // SwiftPM brings a `main`, and so does libFuzzer: the first one counts.
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-Xlinker", "-z", "-Xlinker", "muldefs"])]),
        // No dependency: linked into the tests, libFuzzer would take over their `main`. Building the tests builds both.
        tests("FuzzTests", []),
    ]
#endif
