// SPDX-License-Identifier: Apache-2.0
package import Hummingbird
import Logging
package import Services

/// What every door's handlers get beside the request.
package struct GangwayContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// In every log line and error of this request.
    package let requestID: String
    /// Set by ``Authenticator``.
    package var caller: Caller?
    /// In bytes. Source: reliability.md section 7, JSON API.
    package let maxUploadSize = 256 * 1024

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = source.logger[metadataKey: "hb.request.id"]?.description ?? RequestID().description
        logger[metadataKey: "request_id"] = .string(requestID)
    }

    package func requireCaller() throws(ServiceError) -> Caller {
        guard let caller else { throw .unauthorized }
        return caller
    }

    package func requirePrincipal() throws(ServiceError) -> Principal { try requireCaller().principal }

    package func requireServices() throws(ServiceError) -> WorldServices { try requireCaller().services }
}
