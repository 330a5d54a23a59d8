#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Onboards a customer of the sandbox with pywa, a client that knows nothing of it.

Usage: pip install pywa; sandbox_pywa.py [http://127.0.0.1:8081]
Tried with pywa 4.5.0. The app's id and secret are the sandbox's own; they are made up and the same everywhere.
"""
import sys

import httpx
import pywa

SANDBOX = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8081"
APP_ID, APP_SECRET = 634974688087057, "614fc2afde15eee07a26b2fe3eaee9b9"
SYSTEM_TOKEN = "EAAJB0kPZAsandbox1SystemUserTokenZBqk5XWb2vTf8sZCh3wRnLm"
BUSINESS_ID = "2729063490586005"


class ToSandbox(httpx.HTTPTransport):
    """pywa sets the base address itself; so the address of each request is changed as it leaves."""

    def handle_request(self, request):
        request.url = httpx.URL(SANDBOX).copy_with(raw_path=request.url.raw_path)
        request.headers["host"] = request.url.netloc.decode()
        return super().handle_request(request)


def client(token, **names):
    return pywa.WhatsApp(token=token, session=httpx.Client(transport=ToSandbox()), api_version=26.0, **names)


signup = httpx.post(f"{SANDBOX}/_sandbox/signups", json={"display_name": "Café pywa"}).json()
anyone = client("none", phone_id="1")
token = anyone.api.get_business_access_token(APP_ID, APP_SECRET, signup["code"])["access_token"]
print("exchanged the code")

whatsapp = client(token, phone_id=signup["phone_number_id"], waba_id=signup["waba_id"])
account = whatsapp.get_business_account()
print("account:", account.id, account.name)
numbers = list(whatsapp.get_business_phone_numbers())
assert [number.id for number in numbers] == [signup["phone_number_id"]]
print("number:", numbers[0].display_phone_number, numbers[0].verified_name)

assert whatsapp.register_phone_number(pin="123456").success
print("registered")
try:
    whatsapp.register_phone_number(pin="654321")
    raise SystemExit("another PIN must be refused")
except pywa.errors.WhatsAppError as error:
    assert error.code == 133005, error
    print("another PIN is refused:", error.code)

httpx.post(f"{SANDBOX}/_sandbox/inbound", json={"phone_number_id": signup["phone_number_id"], "from": "16505551234"})
sent = whatsapp.send_message(to="16505551234", text="Hello from pywa")
print("sent:", sent.id[:12] + "…")

system = client(SYSTEM_TOKEN, phone_id=signup["phone_number_id"])
shared = list(system.get_shared_business_accounts(business_portfolio_id=BUSINESS_ID))
assert signup["waba_id"] in [one.id for one in shared]
print("among", len(shared), "shared accounts")
