// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite struct ArchitectureTests {
    @Test(.timeLimit(.minutes(2)))
    func `every import under Sources is in the table and declared in the manifest`() async throws {
        let dependencies = try await WorkingTree.dependencies()
        let files = try WorkingTree.swiftFiles(in: ["Sources"])
        #expect(files.count > 20)
        #expect(files.flatMap { Checker.importViolations(of: $0, dependencies: dependencies) } == [])
        #expect(Checker.manifestViolations(dependencies: dependencies) == [])
    }

    @Test func `every folder under Sources is a room of the house`() throws {
        let folders = try WorkingTree.foldersInSources()
        #expect(folders.contains("Domain"))
        #expect(folders.filter { House.room($0) == nil } == [])
    }

    @Test func `in the table imports go down only`() {
        #expect(Checker.tableViolations(House.rooms) == [])
        #expect(Set(House.rooms.map(\.name)).count == House.rooms.count)
    }

    @Test func `files are short enough and begin with the licence`() throws {
        let files = try WorkingTree.swiftFiles(in: ["Sources", "Tests", "Benchmarks"])
        #expect(files.flatMap(Checker.layoutViolations) == [])
    }
}
