// SPDX-License-Identifier: Apache-2.0
import Logging
import ServiceLifecycle
import Services

/// Removes certificates that no request names, every ten minutes. One younger than an hour may belong to an upload under
/// way; a server that is alone on its data has none before it serves.
struct CertificateSweeper: Service {
    let activations: Activations
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(600))
                await sweep(olderThan: .seconds(3600))
            }
        }
    }

    func sweep(olderThan age: Duration) async {
        do {
            try await activations.sweepCertificates(olderThan: age)
        } catch {
            logger.warning("certificates were not swept", metadata: ["error": "\(error)"])
        }
    }
}
