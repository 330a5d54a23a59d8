// SPDX-License-Identifier: Apache-2.0
import Testing

/// The checker must find what is wrong in made-up files, or its silence about real ones means nothing.
@Suite struct CheckerTests {
    private func violations(_ path: String, _ text: String, declared: [String: Set<String>]) -> [String] {
        Checker.importViolations(of: SourceFile(path: path, text: text), dependencies: declared)
    }

    @Test(
        "forbidden imports are found even where the manifest declares them",
        arguments: [
            ("Domain", "Store"), ("Domain", "Logging"), ("WebhookSignatures", "Domain"), ("SQLEngine", "Domain"),
            ("Store", "DurableWork"), ("Store", "GRDB"), ("Services", "Hummingbird"), ("Services", "HTTPSupport"),
            ("NativeAPI", "SplashifyAPI"), ("SplashifyAPI", "NativeAPI"), ("MetaWebhooks", "Store"),
            ("NativeAPI", "GraphClient"), ("GraphSimulator", "Domain"), ("GraphSimulator", "GraphClient"),
            ("HTTPSupport", "Configuration"), ("gangway", "Store"), ("gangway", "Configuration"),
        ])
    func forbidden(room: String, module: String) {
        let found = violations("Sources/\(room)/Bad.swift", "import \(module)\n", declared: [room: [module]])
        #expect(found == ["Sources/\(room)/Bad.swift: \(room) must not import \(module)"])
        let manifest = Checker.manifestViolations(dependencies: [room: [module]])
        #expect(manifest == ["Package.swift: \(room) must not depend on \(module)"])
    }

    @Test(
        "permitted imports pass",
        arguments: [
            ("Store", "SQLEngine"), ("Store", "Domain"), ("GraphClient", "Logging"), ("NativeAPI", "Hummingbird"),
            ("GangwayServer", "Configuration"), ("Domain", "FoundationEssentials"), ("SQLEngine", "GRDB"),
        ])
    func permitted(room: String, module: String) {
        #expect(violations("Sources/\(room)/Good.swift", "import \(module)\n", declared: [room: [module]]) == [])
    }

    @Test func `an import that only comes along with another dependency is found`() {
        let found = violations("Sources/Store/Bad.swift", "import Crypto\n", declared: ["Store": ["SQLEngine"]])
        #expect(found == ["Sources/Store/Bad.swift: Store imports Crypto, which Package.swift does not declare for it"])
    }

    @Test func `an unknown room is found in the tree and in the manifest`() {
        #expect(
            violations("Sources/Attic/Bad.swift", "", declared: [:]) == [
                "Sources/Attic/Bad.swift: Sources/Attic is no room of the house"
            ])
        #expect(Checker.manifestViolations(dependencies: ["Attic": []]).count == 1)
    }

    @Test func `a table whose imports go up or sideways is found`() {
        let rooms = [Room(1, "Cellar", ["Roof"]), Room(2, "Roof", ["Cellar"]), Room(2, "Dormer", ["Roof"])]
        #expect(
            Checker.tableViolations(rooms) == [
                "Cellar imports Roof, which is not below it", "Dormer imports Roof, which is not below it",
            ])
    }

    @Test(
        "every form of import is read",
        arguments: [
            ("import A", ["A"]), ("@testable import A", ["A"]), ("package import A", ["A"]), ("public import A", ["A"]),
            ("internal import A", ["A"]), ("@preconcurrency public import A", ["A"]), ("import struct A.B", ["A"]),
            ("import A.B", ["A"]), ("  import A // why", ["A"]), ("import A; import B", ["A", "B"]),
            ("#if canImport(A)\n    import A\n#endif", ["A"]), ("// import A", []), ("let importA = 1", []),
            ("let page = \"\"\"\nimport A\n\"\"\"\nimport B", ["B"]), ("/// import A\nimport B", ["B"]),
        ] as [(String, [String])])
    func forms(source: String, modules: [String]) {
        #expect(ImportScanner.modules(in: source) == modules)
    }

    @Test func `long files and files without the licence are found`() {
        let head = Checker.license + "\n"
        let long = head + String(repeating: "//\n", count: 400)
        let exact = head + String(repeating: "//\n", count: 399)
        #expect(Checker.layoutViolations(of: SourceFile(path: "Sources/Domain/A.swift", text: long)).count == 1)
        #expect(Checker.layoutViolations(of: SourceFile(path: "Sources/Domain/A.swift", text: exact)) == [])
        #expect(Checker.layoutViolations(of: SourceFile(path: "Tests/DomainTests/A.swift", text: long)) == [])
        #expect(
            Checker.layoutViolations(of: SourceFile(path: "Tests/DomainTests/A.swift", text: "import A\n")).count == 1)
    }
}
