// SPDX-License-Identifier: Apache-2.0

extension DialogDesk {
    /// Sends the code by which the customer proves to hold the number. The answer holds it: there is no phone.
    func sendCode(_ id: Substring, _ body: JSON) throws(ControlFailure) -> JSON {
        var dialog = try openDialog(id)
        let digits = (body["phone_number"]?.text ?? "").filter(\.isNumber)
        guard (7...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw ControlFailure("phone_number: 7 to 15 digits with country code expected")
        }
        let owner = world.read { state in
            state.phoneNumberIDsByDigits[digits].flatMap { state.phoneNumbers[$0]?.wabaID }
        }
        if let owner, owner != body["waba_id"]?.text {
            throw ControlFailure("phone_number: registered to another account already", status: 409)
        }
        let number = UInt32.random(in: 0...999_999)
        let code = String(repeating: "0", count: 6 - String(number).utf8.count) + String(number)
        dialog.verification = SignupDialog.Verification(digits: digits, code: code)
        put(dialog)
        return ["code": .string(code)]
    }

    func verify(_ id: Substring, _ body: JSON) throws(ControlFailure) -> JSON {
        var dialog = try openDialog(id)
        guard var verification = dialog.verification else { throw ControlFailure("Ask for a code first.") }
        guard (body["code"]?.text ?? "").filter(\.isNumber) == verification.code else {
            throw ControlFailure("That code is not the one that was sent.")
        }
        verification.isPassed = true
        dialog.verification = verification
        put(dialog)
        return ["success": true]
    }

    func cancel(_ id: Substring, _ body: JSON) throws(ControlFailure) -> JSON {
        var dialog = try openDialog(id)
        let step = body["current_step"]?.text ?? dialog.steps[0].rawValue
        dialog.outcome = .cancelled
        dialog.eventName = "CANCEL"
        put(dialog)
        return Self.ending(
            event: dialog.cancelEvent(at: step), login: Self.noLogin, redirect: dialog.redirect(Self.denial))
    }

    /// The customer tells Meta of an error. Source: reference section 5.2.
    func report(_ id: Substring, _ body: JSON) throws(ControlFailure) -> JSON {
        var dialog = try openDialog(id)
        let name = body["as"]?.text ?? "CANCEL"
        guard name == "CANCEL" || name == "ERROR" else { throw ControlFailure("as: CANCEL or ERROR expected") }
        let message =
            body["error_message"]?.text
            ?? "Your verified name violates WhatsApp guidelines. Please edit your verified name and try again."
        dialog.outcome = .reported
        dialog.eventName = name
        put(dialog)
        let event = dialog.errorEvent(
            name, message: message, sessionID: hex((0..<8).map { _ in UInt8.random(in: 0...255) }),
            nowSeconds: world.read { $0.nowSeconds })
        return Self.ending(event: event, login: Self.noLogin, redirect: dialog.redirect(Self.denial))
    }
}
