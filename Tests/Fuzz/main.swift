// SPDX-License-Identifier: Apache-2.0
import Foundation

// Usage: gangway-fuzz --list | gangway-fuzz TARGET [libFuzzer's own arguments, folders of corpora first]

/// Source: LLVM, "libFuzzer – a library for coverage-guided fuzz testing", "Using libFuzzer as a library".
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ check: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Chosen once, before the first input.
private let chosen = CommandLine.arguments.dropFirst().first.flatMap { name in FuzzTarget.all.first { $0.name == name }
}

/// libFuzzer's archive names this one; whichever `main` the linker takes, it is found.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen?.check(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

if CommandLine.arguments.contains("--list") {
    for target in FuzzTarget.all { print("\(target.group) \(target.name)") }
    exit(0)
}
guard chosen != nil else {
    FileHandle.standardError.write(Data("no such target; --list shows them\n".utf8))
    exit(64)
}
/// Without the target's name, which libFuzzer would take for a folder.
var arguments = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)
var count = CInt(arguments.count)
var texts: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
let code = texts.withUnsafeMutableBufferPointer { buffer -> CInt in
    guard var start = buffer.baseAddress else { return 70 }
    return runDriver(&count, &start) { testOneInput($0, $1) }
}
exit(code)
