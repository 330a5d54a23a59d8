// SPDX-License-Identifier: Apache-2.0

/// `Friday, 21-Nov-26 03:00:00 PST`, as Meta prints when a session expired. Summer time is left out.
enum PacificTime {
    private static let days = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let behind: Milliseconds = 8 * 3_600_000

    static func text(_ milliseconds: Milliseconds) -> String {
        let local = milliseconds - behind
        let parts = SandboxClock.text(local, zone: "").split(whereSeparator: { "-T".contains($0) })
        guard parts.count == 4, let month = Int(parts[1]), months.indices.contains(month - 1) else { return "" }
        let day = Int((local / 86_400_000) % 7)
        return "\(days[max(0, day)]), \(parts[2])-\(months[month - 1])-\(parts[0].suffix(2)) \(parts[3]) PST"
    }
}
