#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shares the credit line with a customer of the sandbox, with Meta's own Python SDK.

Usage: pip install facebook-business; sandbox_facebook_business.py [http://127.0.0.1:8081]
Tried with facebook-business 26.0.3.
"""
import json
import sys
import urllib.parse
import urllib.request

from facebook_business.adobjects.business import Business
from facebook_business.adobjects.extendedcredit import ExtendedCredit
from facebook_business.adobjects.whatsappbusinessaccount import WhatsAppBusinessAccount
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

SANDBOX = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8081"
APP_ID, APP_SECRET = "634974688087057", "614fc2afde15eee07a26b2fe3eaee9b9"
SYSTEM_TOKEN = "EAAJB0kPZAsandbox1SystemUserTokenZBqk5XWb2vTf8sZCh3wRnLm"
SYSTEM_USER, BUSINESS_ID = "100081234567890", "2729063490586005"


class SandboxSession(FacebookSession):
    GRAPH = SANDBOX


def ask(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(SANDBOX + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def api(token):
    return FacebookAdsApi(SandboxSession(APP_ID, APP_SECRET, token), api_version="v26.0")


signup = ask("/_sandbox/signups", {"business": {"name": "Lucky Shrub"}})
query = urllib.parse.urlencode({"client_id": APP_ID, "client_secret": APP_SECRET, "code": signup["code"]})
token = ask(f"/v26.0/oauth/access_token?{query}")["access_token"]

customer, system = api(token), api(SYSTEM_TOKEN)
account = WhatsAppBusinessAccount(signup["waba_id"], api=customer)
account.create_subscribed_app()
assert len(account.get_subscribed_apps()) == 1
print("subscribed")

portfolio = Business(BUSINESS_ID, api=system)
shared = list(portfolio.get_client_whats_app_business_accounts(fields=["id", "name", "currency"]))
assert signup["waba_id"] in [one["id"] for one in shared]
print("listed", len(shared), "shared accounts")

line = portfolio.get_extended_credits(fields=["id", "legal_entity_name"])[0]
seen = WhatsAppBusinessAccount(signup["waba_id"], api=system)
seen.create_assigned_user(params={"user": SYSTEM_USER, "tasks": ["MANAGE"]})
assert [user["id"] for user in seen.get_assigned_users(params={"business": BUSINESS_ID})] == [SYSTEM_USER]
answer = ExtendedCredit(line["id"], api=system).create_whats_app_credit_sharing_and_attach(
    params={"waba_id": signup["waba_id"], "waba_currency": "USD"})
funding = account.api_get(fields=["primary_funding_id"])["primary_funding_id"]
print("shared the credit line, funding", funding)

batch = customer.new_batch()
numbers = []
account.get_phone_numbers(fields=["id", "display_phone_number"], batch=batch,
                          success=lambda response: numbers.extend(response.json()["data"]))
batch.execute()
assert [number["id"] for number in numbers] == [signup["phone_number_id"]]
print("batch:", numbers[0]["display_phone_number"])

try:
    WhatsAppBusinessAccount("123456789012345", api=customer).api_get()
    raise SystemExit("a foreign id must be refused")
except FacebookRequestError as error:
    assert (error.api_error_code(), error.api_error_subcode()) == (100, 33), error
    print("a foreign id is refused: 100/33")
