// SPDX-License-Identifier: Apache-2.0

// Source: reference section 7.5; facebook-business 26, business.py.
extension WorldState {
    func readBusiness(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON {
        guard let business = businesses[call.nodeID] else { throw .missingObject(call.nodeID, method: .get) }
        return try node(business, try call.fields(default: ["id", "name"]), call, token)
    }

    func node(
        _ business: Business, _ fields: [FieldSelection], _ call: GraphCall, _ token: AccessToken
    ) throws(GraphError) -> JSON {
        try .node(fields, type: .business) { (field) throws(GraphError) in
            switch field.name {
            case "id": return .value(.string(business.id))
            case "name": return .value(.string(business.name))
            case "verification_status": return .value(business.isVerified ? "verified" : "not_verified")
            case "whatsapp_business_manager_messaging_limit": return .value("TIER_250")
            case "created_time", "link", "primary_page", "timezone_id", "two_factor_type", "vertical": return .absent
            default:
                return try expanded(field, of: business.id, .business, for: call, token).map { .value($0) } ?? .unknown
            }
        }
    }

    private static let mostPapers = 3
    private static let largestPaper: Int64 = 5 * 1024 * 1024
    private static let paperTypes: Set<String> = ["application/pdf", "image/jpeg", "image/png"]

    /// A partner vouches for a customer's business. Source: Meta, partner-led business verification.
    mutating func certifyBusiness(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        guard call.nodeID == token.businessID else { throw .permissions }
        let client = try call.required("end_business_id")
        guard businesses[client] != nil, !sharedWABAIDs(of: client, with: token.businessID).isEmpty else {
            throw .parameter("Invalid parameter: end_business_id")
        }
        try checkPapers(call.parameters["business_documents"])
        let known = certifications.values.first { $0.clientBusinessID == client && $0.partnerBusinessID == call.nodeID }
        guard known?.status != "PENDING" else {
            throw .parameter("A submission for this business is already under review.")
        }
        let attempts = (known?.attempts ?? 0) + 1
        let certification = Certification(
            id: known?.id ?? newObjectID(), partnerBusinessID: call.nodeID, clientBusinessID: client,
            status: "PENDING", attempts: attempts, createdAt: now)
        put(certification)
        schedule(
            change: .certification(id: certification.id, decision: "APPROVED"), lane: client,
            after: configuration.reviewDelayMilliseconds)
        return GraphReply(
            [
                "success": true, "message": "The business verification was submitted.",
                "verification_attempts": .int(Int64(attempts)),
            ], effect: .submittedVerification)
    }

    private func checkPapers(_ value: JSON?) throws(GraphError) {
        let papers = value?.elements ?? value.map { [$0] } ?? []
        guard !papers.isEmpty else { throw .required("business_documents") }
        guard papers.count <= Self.mostPapers else {
            throw .parameter("Param business_documents must hold at most \(Self.mostPapers) files.")
        }
        for paper in papers {
            guard let type = paper["content_type"]?.text, Self.paperTypes.contains(type) else {
                throw .parameter("Param business_documents must be PDF, JPEG or PNG files.")
            }
            guard (paper["size"]?.number ?? 0) <= Self.largestPaper else {
                throw .parameter("Param business_documents must be files of at most 5 MB.")
            }
        }
    }

    mutating func settle(certification id: String, decision: String) {
        guard var certification = certifications[id] else { return }
        certification.status = decision
        put(certification)
        if decision == "APPROVED", var business = businesses[certification.clientBusinessID] {
            business.isVerified = true
            put(business)
        }
        guard let party = party(ofBusiness: certification.partnerBusinessID) else { return }
        emit(
            field: "account_update", wabaID: certification.clientBusinessID, entryID: certification.partnerBusinessID,
            value: [
                "event": "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
                "partner_client_certification_info": [
                    "client_business_id": .string(certification.clientBusinessID), "status": .string(decision),
                    "rejection_reasons": decision == "APPROVED" ? ["NONE"] : ["LEGAL NAME NOT MATCHING"],
                ],
            ], apps: [party.appID])
    }

    func listCertifications(_ call: GraphCall) throws(GraphError) -> JSON {
        let client = call.parameters.text("end_business_id")
        let own = certifications.values.filter {
            $0.partnerBusinessID == call.nodeID && (client == nil || $0.clientBusinessID == client)
        }
        return try call.page(of: own.map(\.id).sorted()) { (id) throws(GraphError) in
            certifications[id].map {
                [
                    "id": .string($0.id), "client_business_id": .string($0.clientBusinessID),
                    "verification_status": .string($0.status),
                    "submitted_time": .string(SandboxClock.graphTime($0.createdAt)),
                ]
            }
        }
    }
}
