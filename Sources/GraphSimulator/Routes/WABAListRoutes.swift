// SPDX-License-Identifier: Apache-2.0

// Source: reference section 7.3; seed 003.
extension WorldState {
    static let wabaListDefaults = ["id", "name", "currency", "timezone_id", "message_template_namespace"]

    func listWABAs(
        _ call: GraphCall, _ token: AccessToken, index: [String: CreationIndex]
    ) throws(GraphError) -> JSON {
        guard call.nodeID == token.businessID else { throw .noAdvancedAccess }
        let fields = try call.fields(default: Self.wabaListDefaults)
        let request = try PageRequest(call)
        let isAscending = try Self.isAscending(call)
        let keys = index[call.nodeID]?.keys ?? []
        let bounds = try CreationFilter.bounds(call, index[call.nodeID] ?? CreationIndex())
        let page = try page(of: keys, in: bounds, request, isAscending: isAscending)
        var data: [JSON] = []
        for position in page.positions {
            guard let waba = wabas[String(keys[position].id)] else { continue }
            data.append(try node(waba, fields, call, token))
        }
        return call.list(
            data, first: page.positions.first.map { keys[$0].text }, last: page.positions.last.map { keys[$0].text },
            hasNext: page.hasNext, hasPrevious: page.hasPrevious, limit: request.limit, total: bounds.count)
    }

    private static func isAscending(_ call: GraphCall) throws(GraphError) -> Bool {
        switch call.parameters.list("sort")?.first {
        case nil, "creation_time_descending", "CREATION_TIME_DESCENDING": return false
        case "creation_time_ascending", "CREATION_TIME_ASCENDING": return true
        default:
            throw .parameter("Param sort must be one of {CREATION_TIME_ASCENDING, CREATION_TIME_DESCENDING}")
        }
    }

    private struct Page {
        var positions: [Int]
        var hasNext: Bool
        var hasPrevious: Bool
    }

    /// Positions are counted in order of creation; a descending list walks them backwards.
    private func page(
        of keys: [CreationIndex.Key], in bounds: Range<Int>, _ request: PageRequest, isAscending: Bool
    ) throws(GraphError) -> Page {
        var window = bounds
        var takesFromEnd = !isAscending
        if let after = request.after {
            let cut = try cut(after, keys)
            window =
                isAscending
                ? max(cut.above, bounds.lowerBound)..<bounds.upperBound
                : bounds.lowerBound..<min(cut.below, bounds.upperBound)
        } else if let before = request.before {
            let cut = try cut(before, keys)
            window =
                isAscending
                ? bounds.lowerBound..<min(cut.below, bounds.upperBound)
                : max(cut.above, bounds.lowerBound)..<bounds.upperBound
            takesFromEnd.toggle()
        }
        let taken = takesFromEnd ? window.suffix(request.limit) : window.prefix(request.limit)
        let hasOlder = taken.lowerBound > bounds.lowerBound
        let hasNewer = taken.upperBound < bounds.upperBound
        return Page(
            positions: isAscending ? Array(taken) : taken.reversed(), hasNext: isAscending ? hasNewer : hasOlder,
            hasPrevious: isAscending ? hasOlder : hasNewer)
    }

    private func cut(_ cursor: String, _ keys: [CreationIndex.Key]) throws(GraphError) -> (below: Int, above: Int) {
        guard let key = CreationIndex.Key(text: cursor) else {
            throw .parameter("Invalid cursors values were provided")
        }
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        let isThere = low < keys.count && keys[low] == key
        return (low, isThere ? low + 1 : low)
    }
}

extension CreationIndex.Key {
    var text: String { "\(seconds).\(id)" }

    init?(text: String) {
        let halves = text.split(separator: ".")
        guard halves.count == 2, let seconds = Int64(halves[0]), let id = UInt64(halves[1]) else { return nil }
        self.init(seconds: seconds, id: id)
    }
}

/// `filtering=[{"field":"creation_time","operator":"LESS_THAN"|"GREATER_THAN","value":"1604962813"}]`.
enum CreationFilter {
    static func bounds(_ call: GraphCall, _ index: CreationIndex) throws(GraphError) -> Range<Int> {
        var low = 0
        var high = index.keys.count
        for condition in try conditions(call) {
            guard condition["field"]?.text == "creation_time" else {
                throw .parameter("Param filtering[0][field] must be one of {creation_time}")
            }
            guard let seconds = condition["value"]?.number else {
                throw .parameter("Param filtering[0][value] must be a UNIX timestamp")
            }
            switch condition["operator"]?.text {
            case "LESS_THAN": high = min(high, index.firstPosition(notBelow: .init(seconds: seconds, id: 0)))
            case "GREATER_THAN": low = max(low, index.firstPosition(notBelow: .init(seconds: seconds, id: .max)))
            default: throw .parameter("Param filtering[0][operator] must be one of {LESS_THAN, GREATER_THAN}")
            }
        }
        return low..<max(low, high)
    }

    static func conditions(_ call: GraphCall) throws(GraphError) -> [JSON] {
        guard let value = call.parameters["filtering"] else { return [] }
        if let elements = value.elements { return elements }
        guard let text = value.text, let elements = (try? JSONParser.parse(text))?.elements else {
            throw .parameter("Param filtering must be an array.")
        }
        return elements
    }
}
