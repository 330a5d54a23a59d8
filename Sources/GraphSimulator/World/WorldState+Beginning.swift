// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How a world begins when none is kept.
package enum WorldBeginning: Sendable, Equatable {
    /// The two partners alone.
    case empty
    /// So many customers, all that they are following from the seed.
    case fleet(businesses: Int, seed: UInt64)
    /// A seed file, or the export of a world.
    case file(path: String)
}

/// Why a world cannot begin or be taken in.
package struct WorldFailure: Error, Sendable, CustomStringConvertible {
    package let description: String
}

extension WorldState {
    /// The two partners and nothing else.
    init(bare configuration: SimulatorConfiguration) throws(WorldFailure) {
        self.init(configuration: configuration)
        createFixtures()
    }

    init(beginning configuration: SimulatorConfiguration) throws(WorldFailure) {
        try self.init(bare: configuration)
        switch configuration.beginning {
        case .empty: break
        case .fleet(let businesses, let seed):
            do throws(ControlFailure) {
                try createFleet(FleetOrder(businesses: businesses, seed: seed))
            } catch {
                throw WorldFailure(description: error.message)
            }
        case .file(let path):
            guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
                throw WorldFailure(description: "\(path) cannot be read")
            }
            do throws(ControlFailure) {
                try takeIn(bytes)
            } catch {
                throw WorldFailure(description: "\(path): \(error.message)")
            }
        }
    }

    /// A seed file or an export, told apart by the export's first line. The latter replaces what is there.
    mutating func takeIn(_ bytes: Data, firstEventID: Int64 = 1) throws(ControlFailure) {
        let firstLine = bytes.prefix { $0 != 0x0A }
        if (try? JSONDecoder().decode(WorldFile.Header.self, from: Data(firstLine))) != nil {
            return try restore(bytes, firstEventID: firstEventID)
        }
        let json: JSON
        do throws(JSONParser.Failure) {
            json = try JSONParser.parse(Array(bytes))
        } catch {
            throw ControlFailure("a JSON object expected, fault at byte \(error.offset)")
        }
        lastEventID = max(lastEventID, firstEventID - 1)
        try seed(try SeedFile(json))
    }

    private mutating func restore(_ bytes: Data, firstEventID: Int64) throws(ControlFailure) {
        let sets: [ChangeSet]
        do throws(WorldFile.Failure) {
            sets = try WorldFile.changes(in: bytes, isJournal: false)
        } catch {
            throw ControlFailure("line \(error.line): \(error.message)")
        }
        lastEventID = firstEventID - 1
        for var set in sets {
            set.events = set.events?.map { event in
                var event = event
                event.id = nextEventID()
                return event
            }
            set.doneEvents = nil
            apply(set)
        }
        useConfiguredCallback()
    }
}
