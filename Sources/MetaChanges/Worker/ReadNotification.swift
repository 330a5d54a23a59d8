// SPDX-License-Identifier: Apache-2.0
import Domain
import Store

/// A claimed notification, split into what will be applied and what cannot be read.
struct ReadNotification: Sendable {
    let id: Int64
    let units: [ChangeUnit]
    /// Why it must be kept aside; nil when all of it was read.
    let fault: String?
    let unreadable: Int

    init(_ notification: ClaimedNotification, watch: MetaWatch? = nil) {
        id = notification.id
        do throws(JSONFault) {
            let changes = try NotificationParser.split(body: notification.body)
            let faults = changes.compactMap(\.fault)
            for change in changes {
                for key in change.novelties { watch?.note(key) { ChangeNovelties.sample(of: change) } }
            }
            units = changes.flatMap {
                ChangeUnit.units(of: $0, app: notification.appID, receivedAt: notification.receivedAt)
            }
            unreadable = faults.count
            fault = faults.first.map { "\(faults.count) of \(changes.count) changes unreadable; the first: \($0)" }
        } catch {
            units = []
            unreadable = 1
            fault = "no readable notification: \(error)"
        }
    }
}

extension SplitChange {
    fileprivate var fault: String? {
        switch content {
        case .failure(let fault): fault.description
        case .success(.messages(let batch)) where batch.unreadable > 0: "\(batch.unreadable) messages without id"
        case .success: nil
        }
    }
}

/// What one transaction applies: units of a few notifications, and the notifications that are over with it.
struct ChangeChunk: Sendable {
    /// Source: DESIGN.md section 3.3.
    static let unitsMax = 100

    var units: [ChangeUnit] = []
    var finished: [ReadNotification] = []

    /// Chunks in order; a notification with more units than fit goes on in the next and ends in its last.
    static func chunks(of notifications: [ReadNotification], unitsMax: Int = unitsMax) -> [ChangeChunk] {
        var chunks: [ChangeChunk] = []
        var current = ChangeChunk()
        for notification in notifications {
            for unit in notification.units {
                if current.units.count == unitsMax {
                    chunks.append(current)
                    current = ChangeChunk()
                }
                current.units.append(unit)
            }
            current.finished.append(notification)
        }
        if !current.finished.isEmpty { chunks.append(current) }
        return chunks
    }
}
