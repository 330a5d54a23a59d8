// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import NIOCore

extension CallLog {
    /// The log, oldest first; `operation`, `effect`, `id`, `after` (a seq) and `limit` (the newest) narrow it.
    /// `details=true` adds request and answer where they are still kept; `format=jsonl` gives a line a call.
    func listing(_ parameters: Parameters) -> Response {
        let operation = parameters.text("operation")
        let effect = parameters.text("effect")
        let id = parameters.text("id")
        let after = parameters["after"]?.number ?? 0
        let limit = Int(clamping: max(0, parameters["limit"]?.number ?? .max))
        let withDetails = parameters["details"]?.isTrue ?? false
        let records = all.filter { record in
            record.seq > after && (operation == nil || record.operation.rawValue == operation)
                && (effect == nil || record.effect?.rawValue == effect) && (id.map(record.ids.contains) ?? true)
        }
        let newest = records.suffix(limit)
        let data = withDetails ? withTexts(newest).map(\.detailed) : newest.map(\.json)
        guard parameters.text("format") == "jsonl" else { return .json(200, ["data": .array(data)]) }
        var lines = ByteBuffer()
        for line in data {
            lines.writeBytes(line.bytes())
            lines.writeString("\n")
        }
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson"], body: .init(byteBuffer: lines))
    }
}
