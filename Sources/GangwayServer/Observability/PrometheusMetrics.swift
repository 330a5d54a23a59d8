// SPDX-License-Identifier: Apache-2.0
package import Metrics
import Synchronization

/// Keeps what the rooms count and prints it as Prometheus text (exposition format 0.0.4).
package final class PrometheusMetrics: MetricsFactory {
    private let series = Mutex<[String: [String: any MetricSeries]]>([:])

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        find(label, dimensions) { CounterSeries() }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate ? find(label, dimensions) { HistogramSeries() } : find(label, dimensions) { GaugeSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        find(label, dimensions) { GaugeSeries() }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        find(label, dimensions) { HistogramSeries() }
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// All series in order of their names.
    package func text() -> String {
        var output = ""
        let all = series.withLock { $0 }
        for name in all.keys.sorted() {
            guard let byLabels = all[name], let first = byLabels.values.first else { continue }
            output += "# TYPE \(name) \(first.typeName)\n"
            for labels in byLabels.keys.sorted() { byLabels[labels]?.write(name: name, labels: labels, to: &output) }
        }
        return output
    }

    private func find<Series: MetricSeries>(
        _ label: String, _ dimensions: [(String, String)], make: () -> Series
    ) -> Series {
        let name = String(label.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
        let labels = dimensions.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        return series.withLock { series in
            if let known = series[name]?[labels] as? Series { return known }
            let made = make()
            series[name, default: [:]][labels] = made
            return made
        }
    }

    private static func escaped(_ value: String) -> String {
        var output = ""
        for character in value {
            switch character {
            case "\\": output += "\\\\"
            case "\"": output += "\\\""
            case "\n": output += "\\n"
            case _: output.append(character)
            }
        }
        return output
    }
}
