// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import KaleyraAPI
import MetaWebhooks
import NativeAPI
import PartnerWebhooks
import Services
import SinchAPI
import SplashifyAPI

/// Every door on the main port.
enum Doors {
    /// The webhook formats that partners may choose, each implemented in its door.
    static let formats = WebhookFormats([StandardFormat(), MetaRawFormat(), SplashifyFormat(), SinchFormat()])

    static func router(worlds: [WorldRuntime], readiness: Readiness) -> Router<GangwayContext> {
        let router = Router(context: GangwayContext.self)
        router.add(middleware: RequestRecorder(quietRoutes: quietRoutes))
        HealthRoutes(readiness: readiness, gauges: worlds.map { WorldGauges(store: $0.store) }).add(to: router)
        let services = services(worlds)
        NativeAPI(worlds: services, cursors: cursors(worlds), formats: formats.names).addRoutes(to: router)
        SplashifyAPI(worlds: services).addRoutes(to: router)
        KaleyraAPI(worlds: services).addRoutes(to: router)
        SinchAPI(worlds: services, cursors: cursors(worlds)).addRoutes(to: router)
        MetaWebhooks(worlds: services).addRoutes(to: router)
        APIDescription.add(to: router)
        return router
    }

    private static func cursors(_ worlds: [WorldRuntime]) -> CursorCoder {
        guard let key = worlds.first?.cursorKey else { return CursorCoder() }
        return CursorCoder(secret: Array(key.secret.utf8))
    }

    private static let quietRoutes: Set<String> = ["/livez", "/readyz", "/metrics", "/webhooks/meta/{app_id}"]

    private static func services(_ worlds: [WorldRuntime]) -> Worlds {
        let all = worlds.map(\.services)
        return Worlds(live: all.first { $0.world == "live" }, test: all.first { $0.world == "test" })
    }
}
