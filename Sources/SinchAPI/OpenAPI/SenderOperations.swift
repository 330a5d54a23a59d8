// SPDX-License-Identifier: Apache-2.0
import Domain
import Hummingbird
import OpenAPI

extension SinchAPI {
    static var senderOperations: [Operation] {
        let (all, one) = (Routes.senders.description, Routes.sender.description)
        let sender: Schema = .ref("SinchSender")
        return [
            .sinchPage(
                all, "List senders", "senders", of: sender,
                filters: [
                    .query("filterStates", .list(.words(Vocabulary.senderStates))),
                    .query("filterStatuses", .list(.words(Vocabulary.changeStatuses))),
                ]),
            .sinch(
                .post, all, "Create sender",
                body: .either(signupBody, deprecatedSignupBody, partnerInitiatedBody, newNumberBody),
                answer: (201, sender), refusals: [409, 429]),
            .sinch(.get, one, "Get sender", answer: (200, sender)),
            .sinch(
                .patch, one, "Update sender",
                body: .object(["status?": .words(["DRAFT", "SUBMIT"]), "details?": .object(senderFields())]),
                answer: (200, sender), refusals: [409]),
            .sinch(.delete, one, "Mark a sender for removal", answer: (204, nil), refusals: [409]),
            .sinchPage(Routes.senderActivities.description, "List sender activities", "notifications", of: .activity),
            .sinch(
                .delete, Routes.senderChanges.description, "Drop pending changes", answer: (204, nil),
                refusals: [409]),
            .sinch(
                .post, Routes.senderComments.description, "Comment on sender", body: .comment,
                answer: (201, .madeComment)),
            .sinch(
                .post, Routes.senderRegister.description, "Request a verification code",
                body: .object(["method": .words(["SMS", "VOICE"])]),
                answer: (
                    200,
                    .object([
                        "id": .string, "method": .string, "accepted": .time, "verificationCodeSent": .boolean,
                    ])
                ), refusals: [409, 429]),
            .sinch(
                .post, Routes.senderVerify.description, "Verify with the code",
                body: .object(["code?": .text(6...6)]), answer: (204, nil), refusals: [409, 429]),
        ]
    }

    /// With `required`, a name and a vertical must be there, as where a sender is created.
    private static func senderFields(required: Bool = false) -> KeyValuePairs<String, Schema> {
        let wish: (Schema) -> Schema = { required ? $0 : $0.orNull }
        let (name, vertical) = required ? ("displayName", "vertical") : ("displayName?", "vertical?")
        return [
            name: .text(1...128), vertical: .words(Vocabulary.verticals), "description?": wish(.text(1...512)),
            "email?": wish(.text(1...128)), "address?": wish(.text(1...256)), "websiteOne?": wish(.text(1...256)),
            "websiteTwo?": wish(.text(1...256)), "about?": wish(.text(1...139)), "photoUrl?": wish(.text(1...256)),
        ]
    }

    private static var place: KeyValuePairs<String, Schema> {
        ["region?": .words(Vocabulary.regions), "metaLocalStorage?": .words(Vocabulary.storageCountries)]
    }

    private static var signupBody: Schema {
        Schema.object([
            "wabaId": .digits, "phoneNumberId": .digits, "authenticationCode?": .text(1...4096),
            "businessManager?": .words(Vocabulary.signupManagers),
        ]).adding(place)
    }

    private static var deprecatedSignupBody: Schema {
        Schema.object([
            "name": .text(1...128), "details": .object(senderFields(required: true)), "wabaId?": .digits,
            "phoneNumberId?": .digits, "facebookAccessToken?": .text(1...4096), "facebookCode?": .text(1...4096),
            "businessManager?": .words(Vocabulary.signupManagers),
        ]).adding(place)
    }

    private static var partnerInitiatedBody: Schema {
        Schema.object([
            "phoneNumberProvider": .words(["CUSTOMER"]), "status?": .words(["DRAFT", "SUBMIT"]),
            "saveDraftOnFailure?": .boolean,
            "details": Schema.object(senderFields(required: true)).adding([
                "countryCode": .pattern("^[0-9]{1,4}$"), "phoneNumber?": .pattern("^[0-9]{1,32}$"),
            ]),
        ]).adding(place)
    }

    private static var newNumberBody: Schema {
        Schema.object([
            "details": .object([
                "countryCode": .pattern("^[0-9]{1,4}$"), "phoneNumber": .pattern("^[0-9]{1,32}$"),
                "displayName": .text(1...128),
            ])
        ]).adding(place)
    }

    static var senderSchemas: [String: Schema] {
        let fields: Schema = .object([
            "displayName?": .string, "vertical?": .string, "description?": .string.orNull, "email?": .string.orNull,
            "address?": .string.orNull, "websiteOne?": .string.orNull, "websiteTwo?": .string.orNull,
            "about?": .string.orNull, "photoUrl?": .string.orNull,
        ])
        return [
            "SinchSender": .object([
                "id": .string, "state?": .words(Vocabulary.senderStates.filter { $0 != "IN_PROGRESS" }),
                "changes?": .object([
                    "status": .words(Vocabulary.changeStatuses), "details?": fields, "errorReason?": .string,
                    "errorCode?": .string,
                ]), "details?": fields,
                "metadata?": .object(["displayName?": .object(["status": .string, "value?": .string])]),
                "region": .words(Vocabulary.regions + ["UNRECOGNIZED"]), "metaLocalStorage": .string,
                "qualityRating?": .words(["GREEN", "YELLOW", "RED", "UNKNOWN", "UNRECOGNIZED"]),
                "cloudApi": .boolean, "created": .time, "modified": .time, "countryCode?": .string,
                "phoneNumber?": .string, "numberProvider": .words(["CUSTOMER", "SINCH", "UNRECOGNIZED"]),
                "businessManager": .words(Vocabulary.businessManagers + ["UNRECOGNIZED"]),
                "compatibleRegions": .list(.words(["br", "eu", "us"])),
            ])
        ]
    }
}
