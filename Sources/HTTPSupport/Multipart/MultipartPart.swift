// SPDX-License-Identifier: Apache-2.0

/// The head of one part of a form. Source: RFC 7578, section 4.2.
package struct MultipartPart: Sendable, Hashable {
    package let name: String
    /// As the client calls it: shown to nobody, never a path of ours.
    package let filename: String?

    /// Reads the lines between a boundary and the part's content.
    init(headers: ArraySlice<UInt8>) throws(MultipartFault) {
        var disposition: HeaderParameters?
        for line in try Self.lines(of: headers) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
                throw .malformed(detail: "a part's header line has no name")
            }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            guard name == "content-disposition" else { continue }
            guard disposition == nil, let value = String(validating: line[(colon + 1)...], as: UTF8.self),
                let parameters = HeaderParameters(value, of: "form-data")
            else { throw .malformed(detail: "a part's Content-Disposition cannot be read") }
            disposition = parameters
        }
        guard let name = disposition?["name"], !name.isEmpty else {
            throw .malformed(detail: "a part has no name")
        }
        self.name = name
        filename = disposition?["filename"]
    }

    private static func lines(of headers: ArraySlice<UInt8>) throws(MultipartFault) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = headers.startIndex
        var index = start
        while index < headers.endIndex {
            let byte = headers[index]
            if byte == 0x0D, index + 1 < headers.endIndex, headers[index + 1] == 0x0A {
                lines.append(headers[start..<index])
                index += 2
                start = index
                continue
            }
            guard byte != 0, byte != 0x0D, byte != 0x0A else {
                throw .malformed(detail: "a part's header holds a control character")
            }
            index += 1
        }
        if start < headers.endIndex { lines.append(headers[start...]) }
        return lines
    }
}
