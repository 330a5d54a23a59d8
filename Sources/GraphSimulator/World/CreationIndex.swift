// SPDX-License-Identifier: Apache-2.0

/// WABAs of one business in order of creation, so that a page of a long list costs a search and not a scan.
struct CreationIndex: Sendable {
    struct Key: Sendable, Comparable, Hashable {
        var seconds: Int64
        var id: UInt64

        static func < (left: Key, right: Key) -> Bool {
            left.seconds != right.seconds ? left.seconds < right.seconds : left.id < right.id
        }
    }

    private(set) var keys: [Key] = []

    mutating func insert(_ key: Key) {
        let position = firstPosition(notBelow: key)
        if position < keys.count, keys[position] == key { return }
        keys.insert(key, at: position)
    }

    mutating func remove(_ key: Key) {
        let position = firstPosition(notBelow: key)
        if position < keys.count, keys[position] == key { keys.remove(at: position) }
    }

    func firstPosition(notBelow key: Key) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
