// SPDX-License-Identifier: Apache-2.0

struct SourceFile: Sendable {
    /// From the package's root, with `/`.
    let path: String
    let text: String

    /// The folder below `Sources`, if it lies there.
    var room: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }
}

/// The rules of the house as sentences; none means that they hold.
enum Checker {
    static let lineCountMax = 400
    static let license = "// SPDX-License-Identifier: Apache-2.0"

    /// - Parameter dependencies: by target, the names of targets and products that the manifest declares.
    static func importViolations(of file: SourceFile, dependencies: [String: Set<String>]) -> [String] {
        guard let name = file.room else { return [] }
        guard let room = House.room(name) else { return ["\(file.path): Sources/\(name) is no room of the house"] }
        return ImportScanner.modules(in: file.text).flatMap { module -> [String] in
            var violations: [String] = []
            if !House.allows(module, in: room) { violations.append("\(file.path): \(name) must not import \(module)") }
            let product = House.productOfModule[module] ?? module
            if !House.toolchain.contains(module), dependencies[name]?.contains(product) != true {
                violations.append(
                    "\(file.path): \(name) imports \(module), which Package.swift does not declare for it")
            }
            return violations
        }
    }

    static func manifestViolations(dependencies: [String: Set<String>]) -> [String] {
        dependencies.flatMap { name, declared -> [String] in
            guard let room = House.room(name) else {
                return ["Package.swift: the target \(name) is no room of the house"]
            }
            return declared.filter { !House.allows($0, in: room) }.map {
                "Package.swift: \(name) must not depend on \($0)"
            }
        }.sorted()
    }

    /// What is wrong with the table itself: imports that do not go down.
    static func tableViolations(_ rooms: [Room]) -> [String] {
        let floors = Dictionary(rooms.map { ($0.name, $0.floor) }, uniquingKeysWith: min)
        return rooms.flatMap { room in
            room.imports.sorted().compactMap { module in
                guard let floor = floors[module] else { return nil }
                return floor < room.floor ? nil : "\(room.name) imports \(module), which is not below it"
            }
        }
    }

    static func layoutViolations(of file: SourceFile) -> [String] {
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        var violations: [String] = []
        if lines.first.map(String.init) != license { violations.append("\(file.path): line 1 is not the SPDX line") }
        let count = file.text.hasSuffix("\n") ? lines.count - 1 : lines.count
        if file.room != nil && count > lineCountMax {
            violations.append("\(file.path): \(count) lines, more than \(lineCountMax)")
        }
        return violations
    }
}
