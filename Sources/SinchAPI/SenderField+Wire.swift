// SPDX-License-Identifier: Apache-2.0
import Domain

extension SenderField {
    var wire: String {
        switch self {
        case .displayName: "displayName"
        case .vertical: "vertical"
        case .description: "description"
        case .email: "email"
        case .address: "address"
        case .websiteOne: "websiteOne"
        case .websiteTwo: "websiteTwo"
        case .about: "about"
        case .photoURL: "photoUrl"
        }
    }
}
