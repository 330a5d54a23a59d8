// SPDX-License-Identifier: Apache-2.0
package import Domain

extension AppID: LenientlyDecodable {}
extension WABAID: LenientlyDecodable {}
extension PhoneNumberID: LenientlyDecodable {}
extension BusinessID: LenientlyDecodable {}
extension SystemUserID: LenientlyDecodable {}
extension CreditLineID: LenientlyDecodable {}
extension AllocationID: LenientlyDecodable {}
extension SolutionID: LenientlyDecodable {}

extension MetaID {
    package static func decodeLeniently(from decoder: any Decoder) -> Self? { try? Self(from: decoder) }
}
