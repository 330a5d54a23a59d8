// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import NIOCore

extension Fault {
    /// The answer as it leaves a world where things go wrong.
    func disfigured(_ answer: GraphAnswer) -> GraphAnswer {
        var answer = answer
        answer.wrongContentType = contentType
        answer.cutAfterBytes = cutAfterBytes
        return answer
    }
}

extension ResponseBody {
    /// Breaks off after so many bytes.
    func cut(after limit: Int) -> ResponseBody {
        ResponseBody(contentLength: contentLength) { [self] writer in
            try await write(CuttingWriter(to: writer, limit: limit))
        }
    }
}

/// Passes on so many bytes and then breaks the connection: the length was announced, the rest never comes.
private struct CuttingWriter: ResponseBodyWriter {
    struct Cut: Error {}

    private var writer: any ResponseBodyWriter
    private var left: Int

    init(to writer: any ResponseBodyWriter, limit: Int) {
        self.writer = writer
        left = limit
    }

    mutating func write(_ buffer: ByteBuffer) async throws {
        guard buffer.readableBytes > left else {
            left -= buffer.readableBytes
            return try await writer.write(buffer)
        }
        if let piece = buffer.getSlice(at: buffer.readerIndex, length: left) { try await writer.write(piece) }
        throw Cut()
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws { throw Cut() }
}
