// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Domain
import FoundationEssentials
import GraphClient
import NIOCore
import NIOHTTP1
import SealedSecrets
import Services

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the preflight sees of this machine and its way to Meta.
struct DoctorProbes: Sendable {
    let settings: ServerSettings
    let graphURL: String

    private static let deadline = TimeAmount.seconds(5)

    var surroundings: Doctor.Surroundings {
        Doctor.Surroundings(
            publicURL: settings.publicURL, graphMajor: settings.graphVersion.major,
            dataDirectory: settings.dataDirectory, keyFilePath: keyFilePath, freeDisk: freeDisk, keyFile: keyFile,
            clockAhead: clockAhead, handshake: handshake)
    }

    private var keyFilePath: String { settings.keyFile ?? settings.dataDirectory + "/keys" }

    @Sendable private func freeDisk() -> Int64? {
        var facts = statvfs()
        guard statvfs(settings.dataDirectory, &facts) == 0 else { return nil }
        return Int64(
            clamping: UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize)).partialValue)
    }

    @Sendable private func keyFile() -> ServerRules.KeyFileFacts {
        guard let mode = KeyFile.mode(path: keyFilePath) else {
            return ServerRules.KeyFileFacts(mode: nil, keyIDs: [])
        }
        // Only looked at: the key file's own reader makes one where there is none.
        guard mode & 0o077 == 0 else { return ServerRules.KeyFileFacts(mode: mode, keyIDs: []) }
        do {
            let ring = try KeyFile.loadOrCreate(path: keyFilePath)
            return ServerRules.KeyFileFacts(mode: mode, keyIDs: ring.ids)
        } catch {
            return ServerRules.KeyFileFacts(mode: mode, keyIDs: [], trouble: "\(error)")
        }
    }

    /// `Date` has whole seconds: half a second is the best guess. Half of the round trip is the way back.
    @Sendable private func clockAhead() async -> Double? {
        let before = SystemClock().now()
        guard
            let response = try? await HTTPClient.shared.execute(
                HTTPClientRequest(url: graphURL), timeout: Self.deadline),
            let date = response.headers.first(name: "date").flatMap(HTTPDate.read)
        else { return nil }
        let after = SystemClock().now()
        let middle = Double(before.milliseconds + after.milliseconds) / 2000
        let ahead = middle - (Double(date.milliseconds) / 1000 + 0.5)
        return abs(ahead) <= 1 ? 0 : ahead
    }

    /// Source: Meta, webhooks/overview: the challenge comes back as it is.
    @Sendable private func handshake(_ url: String, _ verifyToken: OtherSecret) async -> AppRules.Handshake {
        let challenge = String(UInt32.random(in: 1...UInt32.max))
        let token = verifyToken.secret.utf8.reduce(into: "") {
            $0 += "%" + ($1 < 16 ? "0" : "") + String($1, radix: 16)
        }
        let query = "hub.mode=subscribe&hub.verify_token=\(token)&hub.challenge=\(challenge)"
        do {
            let request = HTTPClientRequest(url: url + (url.contains("?") ? "&" : "?") + query)
            let response = try await HTTPClient.shared.execute(request, timeout: Self.deadline)
            let body = try await response.body.collect(upTo: 1024)
            guard response.status == .ok, String(buffer: body) == challenge else {
                return .refused(status: Int(response.status.code))
            }
            return .answered
        } catch {
            // The error may show the address, never the query.
            return .unreachable((error as? HTTPClientError)?.shortDescription ?? "no connection")
        }
    }
}

/// Source: RFC 9110, IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func read(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])) else {
            return nil
        }
        let number = month + 1
        return Timestamp(reading: "\(parts[3])-\(number < 10 ? "0" : "")\(number)-\(parts[1])T\(parts[4])Z")
    }
}
