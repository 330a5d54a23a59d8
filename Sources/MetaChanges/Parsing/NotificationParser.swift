// SPDX-License-Identifier: Apache-2.0
import Domain

/// Splits a POST of Meta into its changes. Source: Meta, webhooks/overview: up to 1,000 updates in one body.
package enum NotificationParser {
    /// Throws only when the body as a whole has no readable outline; whatever is wrong with one element stays with it.
    package static func split(body: [UInt8]) throws(JSONFault) -> [SplitChange] {
        let slicer = JSONSlicer(bytes: body[...])
        let root = try slicer.whole()
        guard let members = try slicer.members(of: root) else { throw JSONFault("an object was expected", at: 0) }
        guard let entry = members.last(where: { $0.key == "entry" }), let entries = try slicer.elements(of: entry.value)
        else { throw JSONFault("no entry array", at: root.lowerBound) }
        let object = members.last { $0.key == "object" }.map { Array(slicer.bytes[$0.value]) }
        let notification = RawNotification(object: object)
        var changes: [SplitChange] = []
        for (index, range) in entries.enumerated() {
            do throws(JSONFault) {
                try split(entry: range, index, of: notification, with: slicer, into: &changes)
            } catch {
                changes.append(broken(error.description, slicer.bytes[range]))
            }
        }
        return changes
    }

    /// Appends nothing when it throws.
    private static func split(
        entry range: Range<Int>, _ index: Int, of notification: RawNotification, with slicer: JSONSlicer,
        into changes: inout [SplitChange]
    ) throws(JSONFault) {
        guard let members = try slicer.members(of: range) else {
            throw JSONFault("an entry is no object", at: range.lowerBound)
        }
        var header = EntryHeader()
        var elements: [Range<Int>]?
        var raw: (id: ArraySlice<UInt8>?, time: ArraySlice<UInt8>?) = (nil, nil)
        for member in members {
            switch member.key {
            case "id":
                raw.id = slicer.bytes[member.value]
                header.id = scalar(slicer.bytes[member.value])?.text
            case "time":
                raw.time = slicer.bytes[member.value]
                header.time = scalar(slicer.bytes[member.value])?.unixTime
            case "field": header.field = scalar(slicer.bytes[member.value])?.text
            case "changes": elements = try slicer.elements(of: member.value)
            case _: break
            }
        }
        guard let elements else { throw JSONFault("an entry without changes", at: range.lowerBound) }
        let entry = RawEntry(notification: notification, index: index, id: raw.id, time: raw.time)
        for element in elements { changes.append(read(slicer.bytes[element], in: header, entry)) }
    }

    private struct EntryHeader {
        var id: String?
        var time: Timestamp?
        /// Misplaced: some of Meta's own samples print it beside `changes`.
        var field: String?
    }

    private static func read(_ bytes: ArraySlice<UInt8>, in entry: EntryHeader, _ raw: RawEntry) -> SplitChange {
        var field = entry.field ?? ""
        let content: Result<MetaChangeKind, ChangeFault>
        var novelties: [NoveltyKey] = []
        do throws(ChangeFault) {
            let change = try tree(bytes)
            guard change.isObject else { throw ChangeFault("a change is no object") }
            guard let value = change["value"], value.isObject else { throw ChangeFault("a change has no value object") }
            field = change["field"]?.text ?? value["field"]?.text ?? entry.field ?? ChangeReader.field(of: value)
            novelties = ChangeNovelties.keys(of: value, field)
            content = .success(try ChangeReader(field: field, value: value, entryID: entry.id).kind())
        } catch {
            content = .failure(error)
        }
        return SplitChange(
            entryID: entry.id, entryTime: entry.time, field: field, content: content, bytes: bytes, entry: raw,
            novelties: novelties)
    }

    private static func tree(_ bytes: ArraySlice<UInt8>) throws(ChangeFault) -> MetaJSON {
        do {
            return try MetaJSONReader.read(bytes)
        } catch {
            throw ChangeFault(error.description)
        }
    }

    private static func scalar(_ bytes: ArraySlice<UInt8>) -> MetaJSON? { try? MetaJSONReader.read(bytes) }

    private static func broken(_ problem: String, _ bytes: ArraySlice<UInt8>) -> SplitChange {
        SplitChange(
            entryID: nil, entryTime: nil, field: "", content: .failure(ChangeFault(problem)), bytes: bytes, entry: nil)
    }
}
