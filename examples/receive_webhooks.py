#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Receives Gangway's webhooks on 127.0.0.1:9000 and prints those whose signature holds.

Usage: receive_webhooks.py whsec_…
"""
import base64
import hashlib
import hmac
import http.server
import sys
import time


def is_genuine(secret, headers, body, tolerance_s=300):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    is_recent = abs(time.time() - int(headers["webhook-timestamp"])) <= tolerance_s
    given = [part[3:] for part in headers["webhook-signature"].split() if part.startswith("v1,")]
    return is_recent and any(hmac.compare_digest(expected, one) for one in given)


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if is_genuine(sys.argv[1], self.headers, body):
            print(body.decode(), flush=True)
            self.send_response(204)
        else:
            print("refused: forged or stale", flush=True)
            self.send_response(401)
        self.end_headers()

    def log_message(self, *arguments):
        pass


http.server.HTTPServer(("127.0.0.1", 9000), Receiver).serve_forever()
