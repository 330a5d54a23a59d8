// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

/// A dry run as people read it.
enum PlanTable {
    /// Ends the command with 2 when something is missing.
    static func show(_ preview: PreviewView, asJSON: Bool) throws {
        if asJSON { try JSONOutput.write(preview) } else { StandardOutput.write(text(preview)) }
        if preview.steps.contains(where: { !$0.missing.isEmpty }) { throw ExitCode(2) }
    }

    private static func text(_ preview: PreviewView) -> String {
        func row(_ step: String, _ call: PreviewView.Call) -> [String] {
            [step, call.changes ? "changes" : "reads", call.method, call.path, "\(call.token) token"]
        }
        var rows = preview.requestCalls.map { row("request", $0) }
        for step in preview.steps {
            rows +=
                step.calls.isEmpty
                ? [[step.kind, "-", "-", "-", "no call"]] : step.calls.map { row(step.kind, $0) }
            rows += step.missing.map { [step.kind, "missing", $0.reason, $0.remedy.actor, $0.remedy.text] }
        }
        rows += preview.warnings.map { ["request", "warning", $0.kind, $0.remedy.actor, $0.remedy.text] }
        return Table.text(["STEP", "EFFECT", "METHOD", "PATH", "AS"], rows)
    }
}
