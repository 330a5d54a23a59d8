// SPDX-License-Identifier: Apache-2.0
import Hummingbird
import NIOCore

/// A request's context that can break the connection.
struct SimulatorContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
