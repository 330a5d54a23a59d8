// SPDX-License-Identifier: Apache-2.0
import Domain
import NIOCore
import Services

extension FuzzTarget {
    static let kaleyra = [
        FuzzTarget("kaleyra_number", group: "json") { bytes in
            let ways: [(NumberFields) throws -> Void] = [
                { _ = try $0.change() }, { _ = try $0.number("wa_number") }, { _ = try $0.id() },
                { _ = try $0.otp() }, { _ = try $0.codeMethod() },
                {
                    let addition = try $0.addition()
                    precondition(E164.isNumber("+" + addition.countryCode + addition.number), "a number that is none")
                },
                {
                    let addition = try $0.additionV1()
                    precondition(E164.isNumber("+" + addition.countryCode + addition.number), "a number that is none")
                },
            ]
            for way in ways {
                do {
                    let fields = try KaleyraFields(json: ByteBuffer(bytes: bytes))
                    try way(NumberFields(fields: fields, operation: .v2))
                } catch {
                    // The door has words for these and for no other.
                    let isKnown = error is KaleyraError || error is RequestFault || error is ServiceError
                    precondition(isKnown, "an error without words: \(error)")
                }
            }
        },
        FuzzTarget("content_type", group: "headers") { bytes in
            guard let boundary = try? MultipartBoundary(contentType: String(decoding: bytes, as: UTF8.self)) else {
                return
            }
            precondition((1...70).contains(boundary.text.utf8.count), "a boundary of another length")
        },
    ]
}
