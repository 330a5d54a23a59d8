// SPDX-License-Identifier: Apache-2.0

/// Objects by id, each on the heap by itself: a look at one copies nothing, and a free place of the table costs a pointer.
struct ObjectTable<Value: Sendable>: Sendable {
    final class Place: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var places: [String: Place] = [:]

    /// A copy, to be changed and put back.
    subscript(id: String) -> Value? {
        get { places[id]?.value }
        set { places[id] = newValue.map(Place.init) }
    }

    /// For calls that only read.
    func look(at id: String) -> Place? { places[id] }

    func contains(_ id: String) -> Bool { places[id] != nil }

    var count: Int { places.count }

    var values: some Collection<Value> { places.values.lazy.map(\.value) }

    var byID: [String: Value] { places.mapValues(\.value) }

    mutating func reserveCapacity(_ count: Int) { places.reserveCapacity(count) }
}
