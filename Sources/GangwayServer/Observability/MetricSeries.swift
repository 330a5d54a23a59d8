// SPDX-License-Identifier: Apache-2.0
import Metrics
import Synchronization

/// One name with one set of labels.
protocol MetricSeries: AnyObject, Sendable {
    var typeName: String { get }
    func write(name: String, labels: String, to output: inout String)
}

final class CounterSeries: MetricSeries, CounterHandler {
    private let value = Atomic<Int64>(0)
    let typeName = "counter"

    func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }

    func write(name: String, labels: String, to output: inout String) {
        output += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(value.load(ordering: .relaxed))\n"
    }
}

final class GaugeSeries: MetricSeries, RecorderHandler, MeterHandler {
    private let value = Mutex(0.0)
    let typeName = "gauge"

    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { self.value.withLock { $0 = value } }
    func set(_ value: Int64) { record(Double(value)) }
    func set(_ value: Double) { record(value) }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func write(name: String, labels: String, to output: inout String) {
        output += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(value.withLock { $0 })\n"
    }
}

/// Source: OpenTelemetry, `http.server.request.duration` buckets, in seconds.
final class HistogramSeries: MetricSeries, TimerHandler, RecorderHandler {
    private struct State {
        var counts = [Int64](repeating: 0, count: HistogramSeries.bounds.count + 1)
        var sum = 0.0
        var total: Int64 = 0
    }

    private static let bounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
    private let state = Mutex(State())
    let typeName = "histogram"

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let bucket = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
            state.total += 1
        }
    }

    func write(name: String, labels: String, to output: inout String) {
        let state = state.withLock { $0 }
        let prefix = labels.isEmpty ? "" : labels + ","
        var running: Int64 = 0
        for (index, bound) in Self.bounds.enumerated() {
            running += state.counts[index]
            output += "\(name)_bucket{\(prefix)le=\"\(bound)\"} \(running)\n"
        }
        let suffix = labels.isEmpty ? "" : "{\(labels)}"
        output += "\(name)_bucket{\(prefix)le=\"+Inf\"} \(state.total)\n"
        output += "\(name)_sum\(suffix) \(state.sum)\n\(name)_count\(suffix) \(state.total)\n"
    }
}
