// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

enum MemoryPressure {
    /// Hands back to the system what building a large world left unused. Does nothing where the C library cannot.
    static func returnUnused() {
        #if canImport(Glibc)
            // Declared in malloc.h, which Swift's module of the library leaves out.
            typealias Trim = @convention(c) (_ padding: Int) -> Int32
            guard let found = dlsym(nil, "malloc_trim") else { return }
            _ = unsafeBitCast(found, to: Trim.self)(0)
        #endif
    }
}
