// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPSupport
import HummingbirdCore
import NIOCore
import Services

extension FuzzTarget {
    static let json = [
        FuzzTarget("meta_notification", group: "json", check: notification(_:)),
        FuzzTarget("meta_lane", group: "json") { _ = LaneScanner.lane(of: $0) },
        FuzzTarget("paging_links", group: "json", check: pagingLinks(_:)),
        FuzzTarget("splashify_signup", group: "json") { bytes in
            decode(SignupRequest.self, bytes) { _ = try $0.enrolments(of: CustomerID("c")) }
        },
        FuzzTarget("splashify_customer", group: "json") { bytes in
            decode(CreateCustomerRequest.self, bytes) { _ = try $0.draft() }
        },
        FuzzTarget("splashify_cloud_body", group: "json") { bytes in
            guard let body = try? CloudParameters.body(bytes) else { return }
            precondition(body == bytes, "a body changed on its way")
        },
        FuzzTarget("splashify_cloud_query", group: "headers", check: cloudQuery(_:)),
        FuzzTarget("native_onboarding", group: "json") { bytes in
            decode(BeginOnboardingBody.self, bytes, allowing: BeginOnboardingBody.fields) { _ = try $0.request() }
        },
        FuzzTarget("native_resume", group: "json") { bytes in
            decode(ResumeBody.self, bytes, allowing: ResumeBody.fields) { _ = try $0.resumption() }
        },
    ]

    /// A change keeps its bytes through splitting and regrouping, and no reading of one leaves the body.
    private static func notification(_ body: [UInt8]) {
        guard let changes = try? NotificationParser.split(body: body) else { return }
        let raw = changes.compactMap { change -> RawChange? in
            precondition(change.bytes.startIndex >= 0 && change.bytes.endIndex <= body.count, "bytes outside the body")
            _ = ChangeUnit.units(of: change, app: AppID("1"), receivedAt: Timestamp(seconds: 1))
            guard let entry = change.entry else { return nil }
            return RawChange(
                entry: entry, bytes: change.bytes, field: change.field, wabaID: WABAID("1"),
                customerID: CustomerID("c"),
                phoneNumberID: nil, types: [])
        }
        guard !raw.isEmpty else { return }
        guard let again = try? NotificationParser.split(body: RawChange.body(of: raw)) else {
            preconditionFailure("a regrouped notification cannot be split")
        }
        precondition(
            again.map(\.bytes).elementsEqual(raw.map(\.bytes)) { $0.elementsEqual($1) }, "a change was altered")
    }

    private static func pagingLinks(_ body: [UInt8]) {
        let isJSON = (try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed)) != nil
        guard let clean = PagingLinks.removed(from: body), isJSON else { return }
        let isStillJSON = (try? JSONSerialization.jsonObject(with: Data(clean), options: .fragmentsAllowed)) != nil
        // Foundation lets a comma before a closing bracket pass, which is not JSON.
        let isStrict = (try? JSONDecoder().decode(Anything.self, from: Data(body))) != nil
        precondition(isStillJSON || !isStrict, "JSON became none")
    }

    private struct Anything: Decodable { init(from decoder: any Decoder) {} }

    private static func cloudQuery(_ bytes: [UInt8]) {
        let query = URI("/x?" + String(decoding: bytes, as: UTF8.self)).queryParameters
        for entry in CloudEntry.all + [.number] {
            guard let judged = try? CloudParameters.query(query, for: entry) else { continue }
            precondition(!judged.contains { $0.0 == "access_token" || $0.0 == "method" }, "a control passed")
        }
    }

    private static func decode<T: Decodable>(
        _ type: T.Type, _ bytes: [UInt8], allowing names: FieldNames? = nil, _ use: (T) throws -> Void
    ) {
        do {
            try use(try JSONReading.decode(type, from: ByteBuffer(bytes: bytes), allowing: names))
        } catch {
            // A door has words for these and for no other.
            let isKnown = error is ServiceError || error is RequestFault || error is SplashifyError
            precondition(isKnown, "an error without words: \(error)")
        }
    }
}

/// As the native door has it; only its name is needed here.
protocol NativeBody: Decodable, Sendable {
    static var fields: FieldNames { get }
}
