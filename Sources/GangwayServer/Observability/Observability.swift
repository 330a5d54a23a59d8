// SPDX-License-Identifier: Apache-2.0
import Logging
import Metrics
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The process-wide systems of swift-log and swift-metrics: each may be set up once.
package enum Observability {
    private static let isSetUp = Mutex(false)
    package static let metrics = PrometheusMetrics()

    /// Later calls change nothing.
    package static func setUp(level: String, format: ServerSettings.LogFormat?) {
        let isFirst = isSetUp.withLock { isSetUp in
            defer { isSetUp = true }
            return !isSetUp
        }
        guard isFirst else { return }
        let level = Logger.Level(rawValue: level) ?? .info
        let isJSON = format.map { $0 == .json } ?? (isatty(STDERR_FILENO) == 0)
        LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level, isJSON: isJSON) }
        MetricsSystem.bootstrap(metrics)
    }
}
