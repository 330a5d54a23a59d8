// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import NativeAPI
import Services
import Testing

@Suite(.timeLimit(.minutes(5))) struct NativeWebhookTests {
    @Test("an endpoint's secret is shown on creation and never again")
    func secretOnce() async throws {
        try await DoorWorld.native { _, api in
            let created = try await api.post(
                "endpoints", #"{"url":"https://hooks.example.com/a","events":["whatsapp.onboarding.*"]}"#)
            #expect(created.status == 201)
            let secret = try #require(created["secret"])
            #expect(secret.hasPrefix("whsec_"))
            #expect(created["format"] == "standard")
            #expect(created["state"] == "enabled")
            let id = try #require(created["id"])
            #expect(id.hasPrefix("ep_"))
            for path in ["endpoints/\(id)", "endpoints"] {
                let answer = try await api.get(path)
                #expect(!answer.text.contains("secret"))
                #expect(!answer.text.contains(secret))
            }
        }
    }

    @Test("an endpoint is changed, disabled, enabled and deleted")
    func lifecycle() async throws {
        try await DoorWorld.native { world, api in
            let id = try await world.estates().acme.endpoint.rawValue
            let changed = try await api.send(
                .patch, "endpoints/\(id)",
                #"{"url":"https://hooks.example.com/b","events":["whatsapp.message.received"]}"#)
            #expect(changed["url"] == "https://hooks.example.com/b")
            #expect(changed["events.0"] == "whatsapp.message.received")
            #expect(changed["state"] == "enabled")
            let disabled = try await api.send(.patch, "endpoints/\(id)", #"{"state":"disabled"}"#)
            #expect(disabled["state"] == "disabled")
            #expect(disabled["disabled_reason"]?.hasPrefix("disabled by pk_test_") == true)
            #expect(try await api.send(.patch, "endpoints/\(id)", #"{"state":"enabled"}"#)["state"] == "enabled")
            #expect(try await api.send(.delete, "endpoints/\(id)").status == 204)
            #expect(try await api.get("endpoints/\(id)").status == 404)
            #expect(try await api.send(.delete, "endpoints/\(id)").status == 404)
        }
    }

    @Test("an event reads as its webhook, with the stored data byte for byte")
    func event() async throws {
        try await DoorWorld.native { world, api in
            let estate = try await world.estates().acme
            let caller = try await world.worlds.caller(presenting: world.acme.key)
            let event = try await world.services.events.find(estate.event, for: caller.principal)
            let endpoint = try await world.services.endpoints.find(estate.endpoint, for: caller.principal)
            let rendered = try #require(StandardFormat().render(event, for: endpoint))
            let answer = try await api.get("events/\(estate.event)")
            #expect(Array(answer.text.utf8) == rendered.body)
            #expect(rendered.headers.isEmpty)
            #expect(
                answer.text == """
                    {"id":"\(estate.event)","type":"whatsapp.waba_onboarded","timestamp":"2025-11-24T16:00:00.000Z",\
                    "data":{"customer_id":"\(world.acme.customer)","note":"päckchen \\"1\\"","onboarding_id":null,\
                    "phone_number_id":"106540352242922","waba_id":"102290129340398"}}
                    """)
            let listed = try await api.get("events?type=whatsapp.waba_onboarded")
            #expect(listed.text == #"{"data":[\#(answer.text)],"next_cursor":null}"#)
        }
    }

    @Test("a delivery is found by endpoint, event and state, and sent again under its event's id")
    func deliveries() async throws {
        try await DoorWorld.native { world, api in
            let estate = try await world.estates().acme
            let query = "deliveries?endpoint_id=\(estate.endpoint)&event_id=\(estate.event)&state=pending"
            let listed = try await api.get(query)
            #expect(listed.count("data") == 1)
            #expect(listed["data.0.id"] == estate.delivery.rawValue)
            #expect(try await api.get(query.replacing("pending", with: "succeeded")).count("data") == 0)
            let found = try await api.get("deliveries/\(estate.delivery)")
            #expect(found.count("attempts") == 0)
            let again = try await api.post("deliveries/\(estate.delivery)/redeliver", "")
            #expect(again.status == 202)
            #expect(again["event_id"] == estate.event.rawValue)
            #expect(again["state"] == "pending")
            _ = try await api.send(.patch, "endpoints/\(estate.endpoint)", #"{"state":"disabled"}"#)
            let held = try await api.post("deliveries/\(estate.delivery)/redeliver", "")
            #expect(held.status == 409)
            #expect(held["code"] == "endpoint_disabled")
        }
    }

    @Test("activities say who did what to which thing")
    func activities() async throws {
        try await DoorWorld.native { _, api in
            let id = try #require(try await api.post("customers", #"{"name":"A"}"#)["id"])
            let listed = try await api.get("activities?target=\(id)")
            #expect(listed.count("data") == 1)
            #expect(listed["data.0.action"] == "customer.created")
            #expect(listed["data.0.actor"]?.hasPrefix("pk_test_") == true)
        }
    }
}
