// SPDX-License-Identifier: Apache-2.0

/// The files of the pages, in the binary: no build step, no file to find at run time, no request to anybody else.
enum Assets {
    struct File: Sendable {
        var type: String
        var text: String
    }

    static let files: [String: File] = [
        "app.css": File(type: "text/css; charset=utf-8", text: stylesheet + pageStyles),
        "console.js": File(type: "text/javascript; charset=utf-8", text: toolkit + consoleScript + consoleViews),
        "dialog.js": File(type: "text/javascript; charset=utf-8", text: toolkit + dialogScript + dialogScreens),
        "example.js": File(type: "text/javascript; charset=utf-8", text: exampleScript),
    ]

    private static func page(_ title: String, _ script: String, _ body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title)</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/_sandbox/assets/app.css">
        </head>
        <body>
        \(body)
        <script src="/_sandbox/assets/\(script)"></script>
        </body>
        </html>
        """
    }

    static let consolePage = page(
        "Graph sandbox", "console.js",
        """
        <a class="skip" href="#main">Skip to content</a>
        <div id="app" class="shell"><noscript>This page needs JavaScript. The same is at
        <a href="/_sandbox/world">/_sandbox/world</a> and <a href="/_sandbox/calls">/_sandbox/calls</a>.</noscript></div>
        """)

    static let dialogPage = page(
        "Embedded Signup · sandbox", "dialog.js",
        """
        <main id="app" class="popup" aria-live="polite"><noscript>This page needs JavaScript.</noscript></main>
        """)

    static let examplePage = page(
        "A partner's signup page · sandbox", "example.js",
        """
        <main class="example" id="main">
        <p class="badge">Example of a partner's page</p>
        <h1>Connect your WhatsApp number</h1>
        <p>This page does what Meta's implementation guide asks of a partner's page. One line differs from production: where
        the SDK comes from.</p>
        <form id="form" class="row">
        <label>Flow <select id="flow">
        <option value="">Cloud API</option>
        <option value="whatsapp_business_app_onboarding">Coexistence (WhatsApp Business app)</option>
        <option value="only_waba_sharing">Only a WABA</option>
        <option value="app_only_install">App-only install</option>
        <option value="solution">Multi-Partner Solution</option>
        </select></label>
        <label>Version <select id="version"><option>v4</option><option>v3</option><option>v2</option></select></label>
        <button class="primary" id="launch" type="submit" disabled>Connect WhatsApp</button>
        </form>
        <p><a id="hosted" target="_blank" rel="noopener">Open the hosted link instead</a></p>
        <section aria-labelledby="got"><h2 id="got">What the page was told</h2>
        <ol id="log" class="log"></ol></section>
        <section aria-labelledby="next"><h2 id="next">What the server does next</h2><pre id="curl">Waiting for a code.</pre>
        </section>
        </main>
        """)
}
