// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
package import Hummingbird
import NIOCore

extension Request {
    /// Reads a `multipart/form-data` body as a stream: texts are collected, the content of the part called `file` goes to
    /// `receive` as it comes. Of a name that comes twice the last text counts; a second file is malformed.
    ///
    /// Throws ``MultipartFault``; `bodyTooLarge` as soon as more than `limit` bytes are announced or came; `bodyTooSlow` when
    /// it is not complete within `deadline`.
    package func readForm(
        file: String, upTo limit: Int, within deadline: Duration,
        _ receive: @escaping @Sendable (ArraySlice<UInt8>) async throws -> Void
    ) async throws -> [String: String] {
        let boundary = try MultipartBoundary(contentType: headers[.contentType] ?? "")
        if let announced = headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw RequestFault.bodyTooLarge(limit: limit)
        }
        let body = body
        return try await Deadline.run(deadline) {
            var form = FormCollector(file: file, parser: MultipartParser(boundary: boundary))
            var size = 0
            for try await part in body {
                size += part.readableBytes
                guard size <= limit else { throw RequestFault.bodyTooLarge(limit: limit) }
                try await form.take(part.readableBytesView, receive)
            }
            return try form.finished()
        }
    }
}

/// The texts of a form while it comes in.
private struct FormCollector {
    /// Of one text, in bytes.
    static let textLimit = 16 << 10

    let file: String
    var parser: MultipartParser
    private var texts: [String: String] = [:]
    private var current: MultipartPart?
    private var text: [UInt8] = []
    private var hasFile = false

    init(file: String, parser: MultipartParser) {
        self.file = file
        self.parser = parser
    }

    mutating func take(
        _ bytes: ByteBufferView, _ receive: (ArraySlice<UInt8>) async throws -> Void
    ) async throws {
        for event in try parser.feed(bytes) {
            switch event {
            case .partBegan(let part):
                current = part
                text = []
                guard part.name == file else { continue }
                guard !hasFile else { throw MultipartFault.malformed(detail: "the file comes twice") }
                hasFile = true
            case .content(let content):
                if current?.name == file {
                    try await receive(content)
                } else {
                    guard text.count + content.count <= Self.textLimit else {
                        throw MultipartFault.malformed(detail: "a text is too long")
                    }
                    text += content
                }
            case .partEnded: try end()
            }
        }
    }

    private mutating func end() throws(MultipartFault) {
        guard let part = current, part.name != file else { return }
        guard let text = String(validating: text, as: UTF8.self) else {
            throw .malformed(detail: "a text is not UTF-8")
        }
        texts[part.name] = text
    }

    func finished() throws(MultipartFault) -> [String: String] {
        try parser.finish()
        return texts
    }
}
