// SPDX-License-Identifier: Apache-2.0

extension Assets {
    static let stylesheet = #"""
        :root {
          color-scheme: light dark;
          --ground: #f6f7f9; --paper: #fff; --ink: #14171c; --quiet: #5a6472; --line: #dfe3e9; --soft: #eef1f5;
          --accent: #0b6e5b; --accent-ink: #fff; --accent-soft: #dff3ee;
          --good: #0b6e3f; --warn: #8a5300; --bad: #b3261e; --bad-soft: #fdeceb; --warn-soft: #fff3df; --good-soft: #e2f5ea;
          --shadow: 0 1px 2px rgb(16 24 40 / .06), 0 8px 24px rgb(16 24 40 / .06);
          --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
        }
        @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) {
          --ground: #0e1116; --paper: #161b22; --ink: #e8ecf1; --quiet: #98a3b3; --line: #2a313c; --soft: #1d232c;
          --accent: #4cc9ad; --accent-ink: #06231c; --accent-soft: #12302a;
          --good: #5fd39a; --warn: #f0b45b; --bad: #ff8a80; --bad-soft: #3a1b1a; --warn-soft: #33270f; --good-soft: #12301f;
          --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 8px 24px rgb(0 0 0 / .3);
        } }
        :root[data-theme=dark] {
          color-scheme: dark;
          --ground: #0e1116; --paper: #161b22; --ink: #e8ecf1; --quiet: #98a3b3; --line: #2a313c; --soft: #1d232c;
          --accent: #4cc9ad; --accent-ink: #06231c; --accent-soft: #12302a;
          --good: #5fd39a; --warn: #f0b45b; --bad: #ff8a80; --bad-soft: #3a1b1a; --warn-soft: #33270f; --good-soft: #12301f;
          --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 8px 24px rgb(0 0 0 / .3);
        }
        :root[data-theme=light] { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        h1, h2, h3 { line-height: 1.25; margin: 0; letter-spacing: -.01em; }
        h1 { font-size: 22px; } h2 { font-size: 16px; } h3 { font-size: 14px; }
        p { margin: 0 0 12px; } a { color: var(--accent); }
        code, pre, .mono { font-family: var(--mono); font-size: 12.5px; }
        pre { background: var(--soft); border-radius: 8px; padding: 12px; margin: 0; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 420px; }
        button, input, select, textarea { font: inherit; color: inherit; }
        button { border: 1px solid var(--line); background: var(--paper); border-radius: 8px; padding: 6px 12px; cursor: pointer; min-height: 34px; }
        button:hover { border-color: var(--quiet); }
        button.primary { background: var(--accent); color: var(--accent-ink); border-color: var(--accent); font-weight: 600; }
        button.plain { border: 0; background: none; color: var(--accent); padding: 4px; min-height: 0; }
        button.danger { color: var(--bad); }
        button:disabled { opacity: .5; cursor: default; }
        input, select, textarea { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 7px 10px; min-height: 36px; width: 100%; }
        input[type=radio], input[type=checkbox] { width: auto; min-height: 0; accent-color: var(--accent); }
        textarea { font-family: var(--mono); font-size: 12.5px; min-height: 96px; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        label { display: block; font-weight: 600; }
        label > input, label > select, label > textarea { margin-top: 4px; font-weight: 400; }
        .hint { color: var(--quiet); font-weight: 400; font-size: 13px; }
        .skip { position: absolute; left: -999px; } .skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px; z-index: 9; }
        .badge { display: inline-block; border-radius: 99px; padding: 1px 9px; font-size: 12px; font-weight: 600; background: var(--soft); color: var(--quiet); margin: 0; white-space: nowrap; }
        .badge.good { background: var(--good-soft); color: var(--good); } .badge.bad { background: var(--bad-soft); color: var(--bad); }
        .badge.warn { background: var(--warn-soft); color: var(--warn); } .badge.accent { background: var(--accent-soft); color: var(--accent); }
        .card { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); }
        .row { display: flex; gap: 12px; align-items: end; flex-wrap: wrap; } .row > label { flex: 1 1 160px; }
        .stack { display: grid; gap: 14px; } .spread { display: flex; justify-content: space-between; gap: 12px; align-items: center; }
        .alert { background: var(--bad-soft); color: var(--bad); border-radius: 8px; padding: 10px 12px; }
        @media (prefers-reduced-motion: no-preference) { .enter { animation: enter .18s ease-out; } @keyframes enter { from { opacity: 0; transform: translateY(4px); } } }

        """#

    static let pageStyles = #"""
        .popup { max-width: 560px; margin: 0 auto; min-height: 100vh; display: flex; flex-direction: column; padding: 16px; }
        .popup header { display: flex; justify-content: space-between; align-items: center; color: var(--quiet); font-size: 13px; padding: 4px 4px 12px; }
        .popup .card { flex: 1; display: flex; flex-direction: column; overflow: hidden; }
        .popup .steps { display: flex; gap: 6px; padding: 18px 24px 0; } .popup .steps i { flex: 1; height: 4px; border-radius: 4px; background: var(--line); } .popup .steps i.done { background: var(--accent); }
        .popup form { display: flex; flex-direction: column; flex: 1; } .popup .body { padding: 20px 24px; flex: 1; display: grid; gap: 16px; align-content: start; }
        .popup footer { display: flex; justify-content: space-between; gap: 8px; padding: 14px 24px; border-top: 1px solid var(--line); background: var(--soft); }
        .choice { display: flex; gap: 12px; border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; cursor: pointer; font-weight: 400; align-items: flex-start; }
        .choice:has(input:checked) { border-color: var(--accent); background: var(--accent-soft); } .choice strong { display: block; } .choice input { margin-top: 4px; }
        .phone { border: 1px solid var(--line); background: var(--soft); border-radius: 16px; padding: 12px 14px; display: flex; gap: 12px; align-items: center; }
        .phone b { font-size: 20px; letter-spacing: .12em; font-family: var(--mono); } .phone .dot { width: 34px; height: 34px; border-radius: 10px; background: var(--accent); color: var(--accent-ink); display: grid; place-items: center; font-weight: 700; }
        .code { font-size: 24px; letter-spacing: .4em; text-align: center; font-family: var(--mono); }
        .ticks { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; } .ticks li::before { content: "✓"; color: var(--accent); font-weight: 700; margin-right: 10px; }
        details.tools { border: 1px dashed var(--line); border-radius: 10px; padding: 10px 14px; } details.tools summary { cursor: pointer; font-weight: 600; } details.tools > div { margin-top: 12px; }
        .example { max-width: 720px; margin: 0 auto; padding: 48px 20px; display: grid; gap: 18px; } .example .badge { justify-self: start; } .example section { display: grid; gap: 8px; } .log { margin: 0; padding-left: 20px; overflow-wrap: anywhere; }
        .shell { display: grid; grid-template-columns: 216px minmax(0, 1fr); min-height: 100vh; }
        .side { border-right: 1px solid var(--line); background: var(--paper); padding: 18px 12px; display: flex; flex-direction: column; gap: 2px; position: sticky; top: 0; height: 100vh; }
        .brand { display: flex; gap: 10px; align-items: center; font-weight: 700; padding: 4px 8px 16px; } .brand i { width: 28px; height: 28px; border-radius: 8px; background: linear-gradient(135deg, var(--accent), #3b82f6); }
        .side a { display: flex; justify-content: space-between; padding: 7px 10px; border-radius: 8px; color: var(--ink); text-decoration: none; } .side a:hover { background: var(--soft); }
        .side a[aria-current] { background: var(--accent-soft); color: var(--accent); font-weight: 600; } .side .grow { flex: 1; }
        .top { display: flex; gap: 12px; align-items: center; justify-content: space-between; padding: 16px 24px; border-bottom: 1px solid var(--line); position: sticky; top: 0; background: var(--ground); z-index: 2; flex-wrap: wrap; } .top .row { align-items: center; }
        .view { padding: 20px 24px 48px; display: grid; gap: 18px; } .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 12px; } .tile { padding: 14px 16px; } .tile b { display: block; font-size: 24px; letter-spacing: -.02em; }
        .pane { padding: 16px 18px; display: grid; gap: 12px; } .pane.row { display: flex; } .pane.tiles { display: grid; } .pane + .pane { padding-top: 0; } .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 18px; align-items: start; }
        .wrap { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th { text-align: left; color: var(--quiet); font-size: 12px; font-weight: 600; padding: 8px 12px; border-bottom: 1px solid var(--line); white-space: nowrap; }
        td { padding: 8px 12px; border-bottom: 1px solid var(--line); vertical-align: top; } tr:last-child td { border-bottom: 0; } tr.click { cursor: pointer; } tr.click:hover, tr.click:focus { background: var(--soft); }
        .empty { padding: 32px; text-align: center; color: var(--quiet); } .scenario { padding: 14px 16px; display: grid; gap: 6px; align-content: start; } .kv { display: grid; grid-template-columns: max-content 1fr; gap: 4px 14px; margin: 0; } .kv dt { color: var(--quiet); } .kv dd { margin: 0; overflow-wrap: anywhere; }
        dialog.sheet { width: min(860px, 94vw); max-height: 88vh; overflow: auto; padding: 20px 22px; color: var(--ink); } dialog.sheet[open] { display: grid; gap: 14px; } dialog::backdrop { background: rgb(0 0 0 / .45); }
        .tiles:has(.scenario) { grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); box-shadow: none; }
        @media (max-width: 760px) { .shell { grid-template-columns: 1fr; } .side { position: static; height: auto; flex-direction: row; overflow-x: auto; border-right: 0; border-bottom: 1px solid var(--line); } .side .grow, .brand span { display: none; } .side { align-items: center; } .side a { gap: 6px; white-space: nowrap; } .brand { padding: 4px 8px; } }
        #big { font-size: 26px; letter-spacing: -.02em; }

        """#
}
