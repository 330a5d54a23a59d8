// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Lines for a person, and Markdown tables for docs/performance.md.
enum Report {
    static func line(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    static func table(_ title: String, _ columns: [String], _ rows: [[String]]) {
        let widths = columns.indices.map { index in ([columns] + rows).map { $0[index].count }.max() ?? 0 }
        let text = { (row: [String]) in
            let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
            return "| " + cells.joined(separator: " | ") + " |"
        }
        line("\n\(title)\n")
        line(text(columns))
        line("|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|")
        for row in rows { line(text(row)) }
        line("")
    }

    static func machine() {
        let processors = ProcessInfo.processInfo.activeProcessorCount
        let memory = ProcessInfo.processInfo.physicalMemory >> 30
        let load = procFile("/proc/loadavg").split(separator: " ").first.map(String.init) ?? "unknown"
        let day = Date.now.formatted(.iso8601.year().month().day())
        line("\(day): \(processors) processors, \(memory) GiB, load before the run \(load)")
    }

    /// `grouped(25937)` is `25,937`.
    static func grouped(_ value: Double) -> String {
        var digits = String(Int(value.rounded()))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: ",")
    }

    static func fixed(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }
}

/// Empty where there is no /proc.
func procFile(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

struct Samples {
    private let sorted: [Double]

    /// At least one value.
    init(_ values: [Double]) { sorted = values.sorted() }

    var least: Double { sorted.first ?? 0 }
    var most: Double { sorted.last ?? 0 }
    var median: Double {
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
