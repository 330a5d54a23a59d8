// SPDX-License-Identifier: Apache-2.0

// Source: Meta, subscribed_apps and webhook overrides; reference section 7.4.
extension WorldState {
    static let longestCallback = 200

    /// The callback a call names must answer the handshake before anything changes.
    func handshakeTarget(_ call: GraphCall, _ permit: Permit) throws(GraphError) -> WebhookTarget? {
        guard !call.isHandshaken else { return nil }
        switch call.operation {
        case .appSubscribe:
            let url = try call.required("callback_url")
            try checkSubscription(call, permit.token)
            return WebhookTarget(url: url, verifyToken: try call.required("verify_token"))
        case .subscribeApp:
            guard let override = try override(in: .object(overrideMembers(call))) else { return nil }
            try checkSubscribed(call, permit.token)
            return override
        case .updatePhoneNumber:
            guard let configuration = call.parameters["webhook_configuration"],
                phoneNumbers[call.nodeID]?.preverifiedBy == nil
            else { return nil }
            return try override(in: configuration)
        default: return nil
        }
    }

    private func overrideMembers(_ call: GraphCall) -> [JSON.Member] {
        ["override_callback_uri", "verify_token"].compactMap { name in
            call.parameters[name].map { JSON.Member(name, $0) }
        }
    }

    /// An empty address takes an override away and needs no handshake.
    func override(in members: JSON) throws(GraphError) -> WebhookTarget? {
        guard let url = members["override_callback_uri"]?.text, !url.isEmpty else { return nil }
        guard url.utf8.count <= Self.longestCallback else {
            throw .parameter("Param override_callback_uri must be at most \(Self.longestCallback) characters long.")
        }
        guard Self.isWebAddress(url) else { throw .parameter("Param override_callback_uri must be a valid URI.") }
        guard let token = members["verify_token"]?.text, !token.isEmpty else { throw .required("verify_token") }
        return WebhookTarget(url: url, verifyToken: token)
    }

    static func isWebAddress(_ text: String) -> Bool {
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
            return !host.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        }
        return false
    }

    private func checkSubscribed(_ call: GraphCall, _ token: AccessToken?) throws(GraphError) {
        guard let token, wabas[call.nodeID]?.subscriptions[token.appID] != nil,
            let own = appSubscriptions[token.appID], own.fields.isEmpty || own.fields.contains("messages")
        else {
            throw .parameter(
                "Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp "
                    + "Business Account")
        }
    }

    mutating func subscribeApp(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        guard var waba = wabas[call.nodeID] else { throw .missingObject(call.nodeID, method: .post) }
        let override = try override(in: .object(overrideMembers(call)))
        // A call without an override takes an existing one away: Meta's trap.
        waba.subscriptions[token.appID] = WABA.Subscription(overrideURL: override?.url)
        put(waba)
        return .success(override == nil ? .subscribed : .overrodeCallback)
    }

    func listSubscribedApps(_ call: GraphCall) -> JSON {
        let subscriptions = wabas[call.nodeID]?.subscriptions ?? [:]
        let data = subscriptions.sorted { $0.key < $1.key }.map { appID, subscription in
            var members: [JSON.Member] = [.init("whatsapp_business_api_data", appObject(appID))]
            if let url = subscription.overrideURL { members.append(.init("override_callback_uri", .string(url))) }
            return JSON.object(members)
        }
        return ["data": .array(data)]
    }

    mutating func unsubscribeApp(_ call: GraphCall, _ token: AccessToken) -> GraphReply {
        guard var waba = wabas[call.nodeID], waba.subscriptions[token.appID] != nil else { return .success(nil) }
        waba.subscriptions[token.appID] = nil
        put(waba)
        return .success(.unsubscribed)
    }

    func appObject(_ appID: String) -> JSON {
        [
            "link": .string("https://www.facebook.com/games/?app_id=\(appID)"),
            "name": .string(party(ofApp: appID)?.appName ?? ""), "id": .string(appID),
        ]
    }
}
