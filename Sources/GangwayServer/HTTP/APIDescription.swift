// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import KaleyraAPI
import MetaWebhooks
import NativeAPI
package import OpenAPI
import SinchAPI
import SplashifyAPI

/// What every door on the main port takes and answers: `/openapi.json` for machines, `/docs` for people.
package enum APIDescription {
    package static let document = APIDocument(
        title: "Gangway", version: Version.text,
        text:
            "Onboards business customers to the WhatsApp platform: its own API, and the dialects of three vendors.",
        chapters: [
            NativeAPI.chapter, SplashifyAPI.chapter, KaleyraAPI.chapter, SinchAPI.chapter, MetaWebhooks.chapter,
            HealthRoutes.chapter, chapter,
        ])

    /// What the router of a server takes: `GET /api/v1/customers/{id}`.
    package static var routes: Set<String> {
        let router = Doors.router(worlds: [], readiness: Readiness(stores: []))
        return Set(router.routes.map { "\($0.method.rawValue) \($0.path.description)" })
    }

    private static let text = document.json.text
    private static let page = ReadablePage(document).html

    static func add(to router: Router<GangwayContext>) {
        router.get("openapi.json") { _, _ in JSONAnswer.response(text, headers: [.cacheControl: "no-cache"]) }
        router.get("docs") { _, _ in
            var headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .cacheControl: "no-cache"]
            headers[.contentSecurityPolicy] =
                "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
        }
    }

    private static var chapter: Chapter {
        var json = Operation(.get, "/openapi.json", "Documentation", "This document")
        json.answers = [(200, .json("OpenAPI 3.1.", .openObject))]
        var docs = Operation(.get, "/docs", "Documentation", "This document as a page to read")
        docs.answers = [(200, Operation.Answer("A page.", ["text/html": .string]))]
        return Chapter(
            title: "Documentation", text: "Open to whoever reaches the port.", operations: [json, docs], schemas: [:])
    }
}

extension HealthRoutes {
    fileprivate static var chapter: Chapter {
        let text: KeyValuePairs<String, Schema> = ["text/plain": .string]
        func operation(_ path: String, _ summary: String, _ type: KeyValuePairs<String, Schema>) -> Operation {
            var operation = Operation(.get, path, "Health", summary)
            operation.answers = [(200, Operation.Answer("Yes.", type))]
            return operation
        }
        var ready = operation("/readyz", "Whether this node should get traffic", text)
        ready.answers.append((503, Operation.Answer("No.", text)))
        var yardstick = Operation(.post, "/livez", "Health", "Read a body and drop it")
        yardstick.note = "The yardstick of the benchmarks."
        yardstick.answers = [(200, Operation.Answer("Read."))]
        return Chapter(
            title: "Health", text: "Open to whoever reaches the port.",
            operations: [
                operation("/livez", "Whether the process runs", text), yardstick, ready,
                operation("/metrics", "Prometheus metrics", ["text/plain": .string]),
            ], schemas: [:])
    }
}
