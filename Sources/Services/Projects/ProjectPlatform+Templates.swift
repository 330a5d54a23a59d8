// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import OnboardingRunner

/// Templates go through to Meta with the WABA's own token; what they hold is not looked at here.
extension ProjectPlatform {
    package func templates(name: String? = nil, _ scope: ProjectScope) async throws -> [JSONValue] {
        let (waba, graph, token) = try await desk.customer(of: scope.project)
        do throws(GraphError) {
            let answer = try await graph.send(ListTemplates(of: waba.id, name: name, token: token))
            guard case .object(let members) = answer, case .array(let items) = members["data"] else { return [] }
            return items.filter { name == nil || $0.member("name") == name }
        } catch {
            throw Self.passing(error)
        }
    }

    package func createTemplate(_ content: JSONValue, _ scope: ProjectScope) async throws -> JSONValue {
        let (waba, graph, token) = try await desk.customer(of: scope.project)
        do throws(GraphError) {
            return try await graph.send(
                WriteTemplate(on: waba.id, templateID: nil, content: content, token: token))
        } catch {
            throw Self.passing(error)
        }
    }

    /// Nil when there is no template of this name and language.
    package func template(_ name: String, language: String, _ scope: ProjectScope) async throws -> JSONValue? {
        try await templates(name: name, scope).first { $0.member("language")?.uppercased() == language.uppercased() }
    }

    package func updateTemplate(
        _ template: JSONValue, _ content: JSONValue, _ scope: ProjectScope
    ) async throws {
        let (waba, graph, token) = try await desk.customer(of: scope.project)
        do throws(GraphError) {
            _ = try await graph.send(
                WriteTemplate(on: waba.id, templateID: template.member("id"), content: content, token: token))
        } catch {
            throw Self.passing(error)
        }
    }

    /// All languages, or the one of `template`.
    package func deleteTemplate(_ name: String, _ template: JSONValue?, _ scope: ProjectScope) async throws {
        let (waba, graph, token) = try await desk.customer(of: scope.project)
        do throws(GraphError) {
            _ = try await graph.send(
                DeleteTemplate(of: waba.id, name: name, templateID: template?.member("id"), token: token))
        } catch {
            throw Self.passing(error)
        }
    }
}

extension JSONValue {
    /// A member that is a text.
    package func member(_ name: String) -> String? {
        guard case .object(let members) = self else { return nil }
        switch members[name] {
        case .string(let text): return text
        case .integer(let number): return String(number)
        default: return nil
        }
    }
}
