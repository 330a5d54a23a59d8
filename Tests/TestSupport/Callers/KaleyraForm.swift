// SPDX-License-Identifier: Apache-2.0

/// An activation as a browser or `curl -F` would send it.
package struct KaleyraForm: Sendable {
    package static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array("a certificate".utf8)
    package static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array("a certificate".utf8)
    package static let pdf = Array("%PDF-1.7 a certificate".utf8)
    /// The first bytes of a Windows and of a Linux program.
    package static let executables: [[UInt8]] = [
        Array("MZ".utf8) + Array(repeating: 0x90, count: 500),
        [0x7F, 0x45, 0x4C, 0x46] + Array(repeating: 2, count: 500),
    ]

    package var fields: [(String, String)] = [
        ("display_name", "xyz"), ("wa_number", "+13236001237"), ("business_id", "1234567891"),
        ("business_name", "kaleyra"),
    ]
    package var filename: String? = "certificate.png"
    package var certificate: [UInt8]? = Self.png

    package init() {}

    package static func pdf(ofSize size: Int) -> [UInt8] { pdf + Array(repeating: 0x20, count: size - pdf.count) }

    package var contentType: String { "multipart/form-data; boundary=----7MA4YWxkTrZu0gW" }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for (name, value) in fields {
            bytes += Array(
                "------7MA4YWxkTrZu0gW\r\ncontent-disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        if let certificate {
            let file = filename.map { "; filename=\"\($0)\"" } ?? ""
            bytes += Array(
                "------7MA4YWxkTrZu0gW\r\ncontent-disposition: form-data; name=\"business_certificate\"\(file)\r\n".utf8
            )
            bytes += Array("content-type: application/octet-stream\r\n\r\n".utf8) + certificate + [0x0D, 0x0A]
        }
        return bytes + Array("------7MA4YWxkTrZu0gW--\r\n".utf8)
    }

    package mutating func set(_ name: String, _ value: String?) {
        fields.removeAll { $0.0 == name }
        if let value { fields.append((name, value)) }
    }
}
