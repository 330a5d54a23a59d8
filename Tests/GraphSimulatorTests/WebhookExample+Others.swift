// SPDX-License-Identifier: Apache-2.0

extension WebhookExample {
    static let others: [WebhookExample] = [
        WebhookExample(
            "display name rejected", field: "phone_number_name_update", event: "REJECTED", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"display_phone_number":"15550783881","decision":"REJECTED","requested_verified_name":"Lucky Shrub",
            "rejection_reason":"NAME_NOT_CONSISTENT"}
            """#),
        WebhookExample(
            "onboarding", field: "phone_number_quality_update", event: "ONBOARDING", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"display_phone_number":"15550783881","event":"ONBOARDING","current_limit":"TIER_250",
            "max_daily_conversations_per_business":"TIER_250"}
            """#),
        WebhookExample(
            "throughput upgrade", field: "phone_number_quality_update", event: "THROUGHPUT_UPGRADE", variant: nil,
            entry: .waba,
            hasTime: true,
            #"""
            {"display_phone_number":"15550783881","event":"THROUGHPUT_UPGRADE","current_limit":"TIER_UNLIMITED",
            "max_daily_conversations_per_business":"TIER_UNLIMITED"}
            """#),
        WebhookExample(
            "PIN changed", field: "security", event: "PIN_CHANGED", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"display_phone_number":"15550783881","event":"PIN_CHANGED","requester":"100081234567890"}
            """#),
        WebhookExample(
            "PIN reset asked", field: "security", event: "PIN_RESET_REQUEST", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"display_phone_number":"15550783881","event":"PIN_RESET_REQUEST","requester":"100081234567890"}
            """#),
        WebhookExample(
            "approved", field: "message_template_status_update", event: "APPROVED", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"message_template_id":1689556908129832,"message_template_name":"order_confirmation",
            "message_template_language":"en-US","event":"APPROVED","reason":"NONE",
            "message_template_category":"UTILITY"}
            """#),
        WebhookExample(
            "rejected", field: "message_template_status_update", event: "REJECTED", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"message_template_id":1689556908129832,"message_template_name":"order_confirmation",
            "message_template_language":"en-US","event":"REJECTED","reason":"INVALID_FORMAT",
            "message_template_category":"UTILITY","rejection_info":{"reason":"The variable has no sample.",
            "recommendation":"Add a sample value."}}
            """#),
        WebhookExample(
            "paused", field: "message_template_status_update", event: "PAUSED", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"message_template_id":1689556908129832,"message_template_name":"order_confirmation",
            "message_template_language":"en-US","event":"PAUSED","reason":null,
            "message_template_category":"MARKETING","other_info":{"title":"FIRST_PAUSE",
            "description":"Paused for low quality; it resumes by itself."}}
            """#),
        WebhookExample(
            "disabled", field: "message_template_status_update", event: "DISABLED", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"message_template_id":1689556908129832,"message_template_name":"order_confirmation",
            "message_template_language":"en-US","event":"DISABLED","reason":null,
            "message_template_category":"MARKETING","disable_info":{"disable_date":"1764000000"}}
            """#),
        WebhookExample(
            "quality", field: "message_template_quality_update", event: nil, variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"message_template_id":1689556908129832,"message_template_name":"order_confirmation",
            "message_template_language":"en-US","previous_quality_score":"GREEN","new_quality_score":"YELLOW"}
            """#),
        WebhookExample(
            "category will change", field: "template_category_update", event: nil, variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"message_template_id":1689556908129832,"message_template_name":"order_confirmation",
            "message_template_language":"en-US","new_category":"UTILITY","correct_category":"MARKETING",
            "category_update_timestamp":1764086400}
            """#),
        WebhookExample(
            "category changed", field: "template_category_update", event: nil, variant: "done", entry: .waba,
            hasTime: true,
            #"""
            {"message_template_id":1689556908129832,"message_template_name":"order_confirmation",
            "message_template_language":"en-US","previous_category":"UTILITY","new_category":"MARKETING"}
            """#),
        WebhookExample(
            "incoming text", field: "messages", event: "text", variant: nil, entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Sheena Nelson"},
            "wa_id":"16505551234"}],"messages":[{"from":"16505551234",
            "id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA","timestamp":"1764000000",
            "text":{"body":"Does it come in another color?"},"type":"text"}]}
            """#),
        WebhookExample(
            "incoming text with business-scoped user id", field: "messages", event: "text", variant: "bsuid",
            entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Sheena Nelson",
            "username":"@sheena"},"user_id":"US.13491208655302741918"}],
            "messages":[{"from_user_id":"US.13491208655302741918",
            "id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA","timestamp":"1764000000",
            "text":{"body":"Hi"},"type":"text"}]}
            """#),
        WebhookExample(
            "sent", field: "messages", event: "sent", variant: nil, entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},
            "statuses":[{"id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA","status":"sent",
            "timestamp":"1764000000","recipient_id":"16505551234","pricing":{"billable":true,
            "pricing_model":"PMP","category":"utility","type":"regular"}}]}
            """#),
        WebhookExample(
            "delivered", field: "messages", event: "delivered", variant: nil, entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},
            "statuses":[{"id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA","status":"delivered",
            "timestamp":"1764000000","recipient_id":"16505551234","pricing":{"billable":true,
            "pricing_model":"PMP","category":"utility","type":"regular"}}]}
            """#),
        WebhookExample(
            "read", field: "messages", event: "read", variant: nil, entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},
            "statuses":[{"id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA","status":"read",
            "timestamp":"1764000000","recipient_id":"16505551234"}]}
            """#),
        WebhookExample(
            "failed: payment", field: "messages", event: "failed", variant: "payment", entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},
            "statuses":[{"id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA","status":"failed",
            "timestamp":"1764000000","recipient_id":"16505551234","errors":[{"code":131042,
            "title":"Business eligibility payment issue","message":"Business eligibility payment issue",
            "error_data":{"details":"Payment settings of the account need attention."},
            "href":"https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"}]}]}
            """#),
        WebhookExample(
            "failed: outside the 24 h window", field: "messages", event: "failed", variant: nil, entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},
            "statuses":[{"id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA","status":"failed",
            "timestamp":"1764000000","recipient_id":"16505551234","errors":[{"code":131047,
            "title":"Re-engagement message","message":"Re-engagement message",
            "error_data":{"details":"More than 24 hours passed since the customer last wrote."},
            "href":"https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"}]}]}
            """#),
        WebhookExample(
            "error on account level", field: "messages", event: "errors", variant: nil, entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},"errors":[{"code":130429,"title":"Rate limit hit",
            "message":"Rate limit hit",
            "error_data":{"details":"Too many messages from this number in a short time."}}]}
            """#),
        WebhookExample(
            "history chunk", field: "history", event: "chunk", variant: nil, entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},"history":[{"metadata":{"phase":0,"chunk_order":1,
            "progress":55},"threads":[{"id":"16505551234","messages":[{"from":"15550783881","to":"16505551234",
            "id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA","timestamp":"1764000000",
            "type":"text","text":{"body":"Here is the info you asked for"},"history_context":{"status":"READ"}},
            {"from":"15550783881","id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RQAA",
            "timestamp":"1764000015","type":"media_placeholder","history_context":{"status":"PLAYED"}}]}]}]}
            """#),
        WebhookExample(
            "history refused by the customer", field: "history", event: "refused", variant: nil, entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},"history":[{"errors":[{"code":2593109,
            "title":"History sync is turned off by the business from the WhatsApp Business App",
            "message":"History sync is turned off by the business from the WhatsApp Business App",
            "error_data":{"details":"History sharing is turned off by the business"}}]}]}
            """#),
        WebhookExample(
            "contacts", field: "smb_app_state_sync", event: "add", variant: nil, entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},"state_sync":[{"type":"contact",
            "contact":{"full_name":"Pablo Morales","first_name":"Pablo","phone_number":"16505551234"},
            "action":"add","metadata":{"timestamp":"1764000000"}}]}
            """#),
        WebhookExample(
            "message sent from the phone app", field: "smb_message_echoes", event: nil, variant: nil, entry: .waba,
            hasTime: false,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
            "phone_number_id":"106540352242922"},"message_echoes":[{"from":"15550783881","to":"16505551234",
            "id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA","timestamp":"1764000000",
            "type":"text","text":{"body":"On its way"}}]}
            """#),
    ]
}
