#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Receives Gangway's webhooks on 127.0.0.1:9000 and prints those whose signature holds.
// Usage: receive_webhooks.mjs whsec_…
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

function isGenuine(secret, headers, body, toleranceSeconds = 300) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = Buffer.concat([Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`), body]);
  const expected = createHmac("sha256", key).update(signed).digest();
  const isRecent = Math.abs(Date.now() / 1000 - Number(headers["webhook-timestamp"])) <= toleranceSeconds;
  return isRecent && headers["webhook-signature"].split(" ").some((part) => {
    const given = Buffer.from(part.replace(/^v1,/, ""), "base64");
    return part.startsWith("v1,") && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  const genuine = isGenuine(process.argv[2], request.headers, body);
  console.log(genuine ? body.toString() : "refused: forged or stale");
  response.writeHead(genuine ? 204 : 401).end();
}).listen(9000, "127.0.0.1");
