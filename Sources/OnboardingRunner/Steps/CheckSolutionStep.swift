// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

/// The Multi-Partner Solution of a tp-signup must exist and be active. Source: Meta, multi-partner-solutions.
struct CheckSolutionStep: OnboardingStep {
    let kind = StepKind.checkSolution
    let changesMeta = false

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let id = context.onboarding.solutionID else {
            return .needsAction(.solutionNotUsable, detail: "no solution id")
        }
        let solution = try await context.graph.send(ReadSolution(id, token: try context.systemToken()))
        guard solution.isActive else {
            return .needsAction(.solutionNotUsable, detail: "its status is \(solution.status ?? "not known")")
        }
        return .done(StepResult(facts: ["solution_id": id.rawValue]))
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        error.isObjectNotVisible ? .needsAction(.solutionNotUsable, detail: error.timelineText) : nil
    }
}
