// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

// Source: Splashify, "WhatsApp API — Overview": the kind of the id is resolved, its owner checked, the call handed on.
extension SplashifyAPI {
    /// Calls by route: a path that means different things for a WABA and a number is one route.
    func addCloudCalls(to door: RouterGroup<GangwayContext>) {
        for entry in CloudEntry.all {
            door.on(entry.route, method: entry.method.http) { request, context in
                try await forward(entry, request, context)
            }
        }
    }

    private func forward(
        _ entry: CloudEntry, _ request: Request, _ context: GangwayContext
    ) async throws -> Response {
        let caller = try await enabledPartner(context)
        let entry = try await variant(of: entry, context, caller)
        let (path, waba) = try await address(of: entry, context, caller)
        let query = try CloudParameters.query(request.uri.queryParameters, for: entry)
        try await checkTemplates(in: query, are: caller)
        let body = try await request.readBody(upTo: context.maxUploadSize)
        guard entry.takesBody || body.readableBytes == 0 else {
            throw SplashifyError(400, "a body is not supported by this call")
        }
        let json = entry.takesBody ? try CloudParameters.body(Array(body.readableBytesView)) : nil
        let call = CloudCalls.Call(
            entry.method, path, query: query, json: json, namesObjects: entry.namesObjects)
        let answer = try await uninterrupted {
            try await caller.services.cloudCalls.send(call, on: waba, by: caller.principal)
        }
        return JSONAnswer.response(String(decoding: answer, as: UTF8.self))
    }

    /// The same path reads a WABA or a number: the id tells.
    private func variant(
        of entry: CloudEntry, _ context: GangwayContext, _ caller: Caller
    ) async throws -> CloudEntry {
        guard entry.isNodeRead,
            let id = context.parameters.get(Routes.idParameter).flatMap({ PhoneNumberID(validating: $0) }),
            try await caller.services.phoneNumbers.isKnown(id)
        else { return entry }
        return .number
    }

    /// Meta's path, and the WABA of the caller's whose token opens it.
    private func address(
        of entry: CloudEntry, _ context: GangwayContext, _ caller: Caller
    ) async throws -> (path: String, waba: WABAID) {
        let (id, waba): (String, WABAID)
        switch entry.subject {
        case .waba:
            waba = try await ownWABA(context, of: caller).id
            id = waba.rawValue
        case .phoneNumber:
            let number = try await ownNumber(context, of: caller)
            (id, waba) = (number.id.rawValue, number.wabaID)
        case .object:
            let object = try Self.object(context.parameters.get(Routes.idParameter))
            (id, waba) = (object.rawValue, try await owner(of: object, caller))
        case .templateOfWABA:
            let object = try Self.object(context.parameters.get(Routes.templateIDParameter))
            (id, waba) = (object.rawValue, try await ownWABA(context, of: caller).id)
            // One that is known to be on another WABA is not on this one.
            if let known = try await caller.services.cloudCalls.waba(of: object), known != waba {
                throw SplashifyError.idNotFound
            }
        }
        return (entry.edge.map { "\(id)/\($0)" } ?? id, waba)
    }

    private static func object(_ text: String?) throws(SplashifyError) -> CloudObjectID {
        guard let id = text.flatMap({ CloudObjectID(validating: $0) }) else { throw SplashifyError.idNotFound }
        return id
    }

    private func owner(of object: CloudObjectID, _ caller: Caller) async throws -> WABAID {
        guard let waba = try await caller.services.cloudCalls.waba(of: object) else { throw SplashifyError.idNotFound }
        return try await owned(waba, caller).id
    }

    /// Templates that a query names beside the one in the path: `[123]`, `123,456`.
    private func checkTemplates(in query: [(String, String)], are caller: Caller) async throws {
        for name in ["template_ids", "hsm_id", "hsm_ids"] {
            guard let list = query.first(where: { $0.0 == name })?.1 else { continue }
            for id in list.split(whereSeparator: { !("0"..."9").contains($0) }) {
                guard let known = try await caller.services.cloudCalls.waba(of: try Self.object(String(id))) else {
                    continue
                }
                _ = try await owned(known, caller)
            }
        }
    }
}
