// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

extension NumbersCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Puts a number on a WABA.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the WABA.") var waba: String
        @Argument(help: "Country code, such as 49.") var countryCode: String
        @Argument(help: "The number's digits without the country code.") var number: String
        @Argument(help: "The display name that Meta will review.") var name: String

        func run() async throws {
            let draft = NewPhoneNumber(
                wabaID: waba, countryCode: countryCode, phoneNumber: number, verifiedName: name)
            NumbersCommand.show(try await server.connect(as: .partner).client.addPhoneNumber(draft))
        }
    }

    struct RequestCode: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets Meta send a code to the number.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the number.") var id: String
        @Flag(help: "Speak the code instead of sending an SMS.") var voice = false
        @Option(help: "Language of the message.") var language = "en_US"

        func run() async throws {
            let outcome = try await server.connect(as: .partner).client.requestCode(
                for: id, method: voice ? "VOICE" : "SMS", language: language)
            StandardOutput.write("\(outcome)\n")
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Verifies a number with the code.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the number.") var id: String
        @Argument(help: "The code, with or without its hyphen.") var code: String

        func run() async throws {
            NumbersCommand.show(try await server.connect(as: .partner).client.verifyCode(code, for: id))
        }
    }

    struct Register: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Registers a verified number.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the number.") var id: String
        @Option(help: "Two-step PIN; without it the known one is repeated, or one is made.") var pin: String?
        @Option(help: "Country where messages are stored, two letters.") var region: String?

        func run() async throws {
            let client = try server.connect(as: .partner).client
            NumbersCommand.show(try await client.registerNumber(id, pin: pin, region: region))
        }
    }

    struct Deregister: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a number off Cloud API.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the number.") var id: String

        func run() async throws {
            NumbersCommand.show(try await server.connect(as: .partner).client.deregisterNumber(id))
        }
    }

    struct Name: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Asks Meta for another display name.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the number.") var id: String
        @Argument(help: "The new name.") var name: String

        func run() async throws {
            NumbersCommand.show(try await server.connect(as: .partner).client.requestName(name, for: id))
        }
    }

    struct PIN: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pin", abstract: "Changes a number's two-step PIN, or shows it once.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the number.") var id: String
        @Option(help: "Change the PIN to this one.") var set: String?
        @Flag(help: "Change the PIN to one that is made.") var generate = false
        @Flag(help: "Print the PIN, once.") var reveal = false
        @Flag(help: "Let it be printed once more; needs an operator key.") var allowReveal = false

        func validate() throws {
            guard [set != nil, generate, reveal, allowReveal].count(where: \.self) == 1 else {
                throw ValidationError("Give one of --set, --generate, --reveal and --allow-reveal.")
            }
        }

        func run() async throws {
            let client = try server.connect(as: allowReveal ? .operator : .partner).client
            if reveal { return StandardOutput.write("\(try await client.revealPIN(of: id))\n") }
            if allowReveal {
                try await client.allowPINReveal(of: id)
            } else {
                _ = try await client.changePIN(of: id, to: set)
            }
            StandardOutput.write("\(id)\n")
        }
    }
}
