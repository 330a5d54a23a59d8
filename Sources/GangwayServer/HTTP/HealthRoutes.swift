// SPDX-License-Identifier: Apache-2.0
import HTTPSupport
import HTTPTypes
import Hummingbird

/// `/livez`, `/readyz`, `/metrics`: open to whoever reaches the port, so they say nothing of the inside.
struct HealthRoutes: Sendable {
    let readiness: Readiness
    let gauges: [WorldGauges]

    func add(to router: Router<GangwayContext>) {
        router.get("livez") { _, _ in Self.text("ok\n") }
        // The yardstick of the benchmarks: what a POST costs whose body is read and dropped.
        router.post("livez") { request, _ in
            for try await _ in request.body {}
            return Response(status: .ok)
        }
        router.get("readyz") { _, _ in
            switch await readiness.answer() {
            case .ready: Self.text("ready\n")
            case .notReady: Self.text("not ready\n", status: .serviceUnavailable)
            }
        }
        router.get("metrics") { _, _ in
            for gauge in gauges { await gauge.refresh() }
            return Self.text(Observability.metrics.text(), type: "text/plain; version=0.0.4; charset=utf-8")
        }
    }

    private static func text(
        _ text: String, status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
