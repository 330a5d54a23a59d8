// SPDX-License-Identifier: Apache-2.0

extension Assets {
    /// What each section shows.
    static let consoleViews = #"""
        const callColumns = [['#', (c) => mono(c.seq)], ['Time', (c) => time(c.at)], ['Call', (c) => [h('strong', {}, c.method), ' ', mono(c.path)]], ['Operation', (c) => mono(c.operation)],
          ['Effect', (c) => c.effect ? badge(c.effect, 'accent') : ''], ['Fault', (c) => c.fault ? badge('#' + c.fault, 'warn') : ''], ['Answer', (c) => [statusBadge(c.status), c.error_code !== undefined ? [' ', mono(c.error_code)] : '']]];
        function openCall(c) {
          details(c.method + ' ' + c.path, [['Request', c.request ? pretty(c.request) : 'no parameters'], ['Answer' + (c.status ? ' ' + c.status : ''), c.answer ? pretty(c.answer) : 'not kept'],
            ['As a script reads it', JSON.stringify(Object.assign({}, c, { request: undefined, answer: undefined }), null, 2)]]);
        }
        const webhookColumns = [['#', (w) => mono(w.seq)], ['Time', (w) => time(w.at)], ['Fields', (w) => [w.fields.map((name) => [mono(name), ' ']), w.updates > 1 ? badge(w.updates + ' updates') : '', w.forged ? badge('forged: ' + w.forged, 'warn') : '']],
          ['To', (w) => mono(w.url)], ['Try', (w) => mono(w.attempt)], ['Answer', (w) => w.status === null ? badge(w.failure || 'no answer', 'bad') : statusBadge(w.status)],
          ['Then', (w) => badge(w.outcome.replace('_', ' '), w.outcome === 'delivered' ? 'good' : w.outcome === 'retrying' ? 'warn' : 'bad')]];
        async function openWebhook(w) {
          const full = await call('GET', '/webhooks/' + w.seq);
          details('Webhook ' + w.seq, [['Body' + (full.is_body_cut ? ' (its beginning)' : ''), pretty(full.body)], ['X-Hub-Signature-256', full.signature || 'none'], ['Answer', (full.failure || full.status) + '\n' + full.answer],
            full.next_attempt_at && ['Next try', full.next_attempt_at]]);
        }
        const find = { text: '' };
        const views = {
          async overview() {
            const s = live.summary;
            if (!s) return [h('div', { class: 'alert' }, live.error || 'No answer yet.')];
            const tiles = [['Businesses', s.businesses], ['WABAs', s.wabas], ['Numbers', s.phone_numbers], ['Tokens', s.tokens], ['Webhooks waiting', live.pending]];
            const signUp = (body) => () => call('POST', '/signups', body);
            return [h('div', { class: 'tiles' }, tiles.map(([name, count]) => h('div', { class: 'card tile' }, h('b', {}, count.toLocaleString()), h('span', { class: 'hint' }, name)))),
              card('A customer signs up', h('div', { class: 'pane row' }, button('Cloud API', async () => { const r = await signUp({})(); details('Signed up', [['POST /_sandbox/signups', JSON.stringify(r, null, 2)]]); }, null, 'primary'),
                button('Coexistence', signUp({ flow: 'business_app' }), 'A phone app’s number is connected.'), button('Hosted link', signUp({ flow: 'hosted' }), 'Shared without a code.'), button('Through the solution', signUp({ flow: 'tech_partner' }), 'Shared through the solution.'),
                h('a', { href: '/_sandbox/example', target: '_blank', rel: 'noopener' }, 'or play the popup ↗'))),
              h('div', { class: 'two' },
                card('Newest calls', table(callColumns.filter(([name]) => !['#', 'Fault', 'Operation'].includes(name)), live.calls.slice(-8).reverse(), openCall), h('a', { href: '#calls' }, 'All calls')),
                card('Newest webhooks', table(webhookColumns.filter(([name]) => ['Time', 'Fields', 'Answer', 'Then'].includes(name)), live.webhooks.slice(-8).reverse(), openWebhook), h('a', { href: '#webhooks' }, 'All webhooks'))),
              card('What was changed at Meta so far', h('div', { class: 'pane' }, h('dl', { class: 'kv' }, Object.entries(s.effects).map(([name, count]) => [h('dt', { class: 'mono' }, name), h('dd', {}, count)])), Object.keys(s.effects).length ? '' : 'Nothing yet.')),
              card('Start over', h('div', { class: 'pane row' }, h('span', { class: 'hint' }, 'Forgets every customer, call and webhook; the two partners stay.'), button('Reset the world', async () => {
                if (!confirm('Forget every customer of this sandbox?')) return;
                await call('POST', '/reset'); Object.assign(live, { calls: [], webhooks: [], lastCall: 0, lastWebhook: 0 });
              }, null, 'danger')))];
          },
          async accounts() {
            const q = '?limit=100&q=' + encodeURIComponent(find.text);
            const [wabas, numbers, businesses, tokens, credit, apps] = await Promise.all(['wabas' + q, 'numbers' + q, 'businesses' + q, 'tokens?limit=50', 'credit?limit=50', 'apps'].map((name) => call('GET', '/tables/' + name)));
            const count = (t) => h('span', { class: 'hint' }, t.data.length + ' of ' + t.total.toLocaleString());
            const search = h('form', { class: 'row', role: 'search', onsubmit: (event) => { event.preventDefault(); find.text = document.getElementById('q').value.trim(); redraw(); } }, field('Find', h('input', { id: 'q', type: 'search', value: find.text, placeholder: 'An id, or part of a name' })), h('button', { class: 'primary' }, 'Find'));
            return [search,
              card('WhatsApp Business accounts', table([['Name', (w) => [h('strong', {}, w.name), h('br'), mono(w.id)]], ['Owner', (w) => [w.owner, h('br'), mono(w.owner_business_id)]], ['Review', (w) => reviewBadge(w.review)], ['Numbers', (w) => w.numbers], ['Money', (w) => w.allocation_id ? badge('credit shared', 'good') : badge('none')],
                ['Apps', (w) => w.subscribed_apps.map((id) => [mono(id), h('br')])], ['Shared', (w) => w.shared_with.length ? badge(w.solution_id ? 'solution' : 'partner', 'good') : badge('taken away', 'bad')], ['', (w) => [button(w.review === 'REJECTED' ? 'Approve' : 'Reject', () => call('POST', '/webhooks', { field: 'account_review_update', event: w.review === 'REJECTED' ? 'APPROVED' : 'REJECTED', waba_id: w.id }), 'Reviewed.', 'plain'), button('Take away', () => call('POST', '/webhooks', { field: 'account_update', event: 'PARTNER_REMOVED', waba_id: w.id }), 'The customer took it away.', 'plain')]]], wabas.data), count(wabas)),
              card('Phone numbers', table([['Number', (n) => [h('strong', {}, n.number), h('br'), mono(n.id)]], ['Name', (n) => [n.name, ' ', reviewBadge(n.name_status)]], ['Status', (n) => reviewBadge(n.status)], ['Verified', (n) => n.is_verified ? badge('yes', 'good') : badge('no', 'warn')], ['PIN', (n) => n.has_pin ? badge('set') : ''], ['Phone app', (n) => n.is_on_business_app ? badge('yes', 'accent') : ''], ['Calls in 72 h', (n) => n.registration_calls + ' of 10'],
                ['', (n) => button('Somebody writes', () => call('POST', '/inbound', { phone_number_id: n.id }), 'A message came in.', 'plain')]], numbers.data), count(numbers)),
              h('div', { class: 'two' }, card('Businesses', table([['Name', (b) => [b.name, ' ', b.is_partner ? badge('partner', 'accent') : '', h('br'), mono(b.id)]], ['WABAs', (b) => b.wabas], ['Credit', (b) => b.allocation_id ? mono(b.allocation_id) : '']], businesses.data), count(businesses)),
                card('Credit', table([['Allocation', (a) => mono(a.id)], ['To', (a) => a.receiving_business], ['', (a) => a.is_deleted ? badge('revoked', 'bad') : badge('shared', 'good')]], credit.data), count(credit))),
              card('Tokens', table([['Token', (t) => mono(t.token)], ['Kind', (t) => badge(t.kind)], ['Of', (t) => t.business], ['Issued', (t) => mono(t.issued_at)], ['Ends', (t) => mono(t.expires_at || 'never')], ['', (t) => t.is_valid ? badge('valid', 'good') : badge('dead' + (t.subcode ? ' ' + t.subcode : ''), 'bad')]], tokens.data), count(tokens)),
              card('Apps and solution', table([['App', (a) => [a.name, h('br'), mono(a.app_id)]], ['Secret', (a) => mono(a.app_secret)], ['System token', (a) => mono(a.system_token)], ['Callback', (a) => mono(a.callback_url)], ['Fields', (a) => a.fields === null ? '' : a.fields.length ? a.fields.join(', ') : 'all'], ['Solution', (a) => mono(a.solution_id)]], apps.data))];
          },
          async calls() {
            return [h('div', { class: 'row' }, h('a', { href: '/_sandbox/calls?format=jsonl', target: '_blank', rel: 'noopener' }, 'As JSON lines ↗'), button('Forget them', async () => { await call('DELETE', '/calls'); live.calls = []; }, 'Forgotten.'), button(live.paused ? 'Go on' : 'Pause', async () => { live.paused = !live.paused; })),
              card('Calls as they come', table(callColumns, live.calls.slice().reverse(), openCall), h('span', { class: 'hint' }, 'Enter or click shows request and answer; tokens, codes, secrets and PINs are shortened.'))];
          },
          async webhooks() {
            const lines = (await call('GET', '/webhooks/catalog')).data;
            const name = (l) => [l.field, l.event, l.variant].filter(Boolean).join(' · ');
            const kind = h('select', { id: 'kind' }, lines.map((l, index) => h('option', { value: index }, name(l) + (l.documented ? '' : ' (shape not documented)'))));
            const about = h('input', { id: 'about', placeholder: 'the newest' }), twice = h('input', { type: 'number', id: 'twice', min: 0, max: 99, value: '0' }), forge = h('select', { id: 'forge' }, options([['', 'no'], ['signature', 'wrong secret'], ['body', 'other bytes'], ['missing', 'no signature']]));
            const send = () => { const l = lines[Number(kind.value)]; const body = { field: l.field, duplicate: Number(twice.value) || false }; if (l.event) body.event = l.event; if (l.variant) body.variant = l.variant; if (about.value.trim()) body.waba_id = about.value.trim(); if (forge.value) body.forge = forge.value; return call('POST', '/webhooks', body); };
            return [card('Send one', h('div', { class: 'pane row' }, field('What happened', kind), field('WABA id', about), field('Doubled', twice, 'times'), field('Forged', forge), button('Send', send, 'On its way.', 'primary'))),
              card('Sent', table(webhookColumns, live.webhooks.slice().reverse(), openWebhook), h('span', { class: 'hint' }, live.pending + ' waiting for their time or their next try'))];
          },
          async faults() {
            const [faults, scenarios] = await Promise.all([call('GET', '/faults'), call('GET', '/scenarios').catch(() => ({ data: [] }))]);
            const operation = h('input', { id: 'operation', value: 'register', list: 'operations' }), kind = h('select', { id: 'fault' }, options([['{"status":503}', 'answers 503'], ['{"code":133005}', '133005: wrong PIN'], ['{"code":100,"subcode":33}', '100/33: not there'], ['{"code":80007,"retry_after":5}', '80007: throttled'], ['{"drop":"before"}', 'connection breaks before the effect'], ['{"drop":"after"}', 'connection breaks after the effect'], ['{"latency_ms":5000}', '5 s late']])), times = h('input', { type: 'number', id: 'times', min: 1, max: 1000, value: '1' });
            const known = Array.from(new Set(live.calls.map((c) => c.operation).concat(['exchange_code', 'register', 'share_credit', 'subscribe_app', '*'])));
            return [scenarios.data.length ? card('Scenarios', h('div', { class: 'pane tiles' }, scenarios.data.map((s) => h('div', { class: 'card scenario' }, h('div', { class: 'spread' }, mono(s.name), s.active ? badge('on', 'warn') : ''), h('span', {}, s.summary), h('span', { class: 'hint' }, s.expect),
                s.active ? button('End', () => call('DELETE', '/scenarios/' + s.name), 'Ended.') : button('Begin', () => call('POST', '/scenarios', { name: s.name }), 'In force from now on.', 'primary')))), button('End all', () => call('DELETE', '/scenarios'), 'All ended.')) : null,
              card('Plan a fault', h('div', { class: 'pane row' }, h('datalist', { id: 'operations' }, known.map((name) => h('option', { value: name }))), field('Operation', operation), field('What goes wrong', kind), field('How often', times),
                button('Plan', () => call('POST', '/faults', Object.assign({ match: { operation: operation.value }, times: Number(times.value) }, JSON.parse(kind.value))), 'Planned.', 'primary'))),
              card('Planned', table([['#', (f) => mono(f.id)], ['Operation', (f) => mono(f.operation)], ['Left', (f) => f.times_left === null ? 'no end' : f.times_left], ['Struck', (f) => f.matched], ['How', (f) => mono(Object.entries(f).filter(([name]) => !['id', 'operation', 'times_left', 'matched'].includes(name)).map(([name, value]) => name + ' ' + JSON.stringify(value)).join(', '))], ['', (f) => button('Take away', () => call('DELETE', '/faults/' + f.id), 'Taken away.', 'plain')]], faults.data), button('Take all away', () => call('DELETE', '/faults'), 'Taken away.'))];
          },
          async clock() {
            const c = live.clock || {};
            const pass = (seconds, text) => button(text, () => call('POST', '/clock', { advance_seconds: seconds }), text.replace('+', '') + ' passed.');
            const amount = h('input', { type: 'number', id: 'seconds', min: 1, value: '600' });
            return [card('The time in the sandbox', h('div', { class: 'pane' }, h('p', {}, h('b', { class: 'mono', id: 'big' }, (c.now || '').replace('T', ' ').replace('Z', ' UTC'))), h('p', { class: 'hint' }, Math.round((c.offset_ms || 0) / 1000).toLocaleString() + ' s ahead of this machine' + (c.speed === undefined ? '' : c.speed === 0 ? ', standing still' : ', running at ' + c.speed + ' ×') + '. Codes, tokens, reviews, budgets and retries follow it. It never runs backwards.'),
              h('div', { class: 'row' }, pass(30, '+30 s'), pass(3600, '+1 hour'), pass(86400, '+1 day'), pass(259200, '+72 hours'), pass(604800, '+7 days'), pass(1209600, '+14 days')),
              h('div', { class: 'row' }, field('Seconds', amount), button('Let them pass', () => call('POST', '/clock', { advance_seconds: Number(amount.value) }), 'Passed.', 'primary')),
              c.goes_with_server ? h('p', { class: 'hint' }, 'A step here moves the simulator alone; gangway clock advance moves it together with Gangway, whose clock can neither stand still nor run faster.') : h('div', { class: 'row' }, button('Freeze', () => call('POST', '/clock', { freeze: true }), 'It stands still.'), button('Run', () => call('POST', '/clock', { speed: 1 }), 'It runs.'), button('60 ×', () => call('POST', '/clock', { speed: 60 }), 'A minute a second.'), button('3600 ×', () => call('POST', '/clock', { speed: 3600 }), 'An hour a second.'))))];
          },
          async signup() {
            const [settings, dialogs] = await Promise.all([call('GET', '/signup_settings'), call('GET', '/dialogs')]);
            const domains = h('textarea', { id: 'domains', value: settings.allowed_domains.join('\n') }), version = h('select', { id: 'version' }, options([['v4', 'v4'], ['v3', 'v3 (ended 2026-10-15)'], ['v2', 'v2 (ended 2026-10-15)']], settings.version));
            return [card('Your own signup page', h('div', { class: 'pane' }, h('p', {}, 'Load the SDK from here instead of connect.facebook.net; nothing else changes:'), h('pre', {}, '<script async src="' + location.origin + '/en_US/sdk.js"></' + 'script>'), h('p', { class: 'hint' }, 'App ' + live.summary.app_id + ', configuration ' + settings.configurations.map((c) => c.id).join(', ') + ', solution ' + live.summary.solution_id + '.'))),
              card('Settings', h('div', { class: 'pane' }, field('Allowed domains', domains, 'one host a line; pages elsewhere are refused, as by Meta'), field('Version when the page names none', version), h('div', {}, button('Save', () => call('POST', '/signup_settings', { allowed_domains: domains.value.split(/\s+/).filter(Boolean), version: version.value }), 'Saved.', 'primary')))),
              card('Popups', table([['Opened', (d) => mono(d.opened_at)], ['Flow', (d) => mono(d.flow)], ['Version', (d) => d.version], ['Page', (d) => mono(d.origin)], ['Ended', (d) => badge(d.outcome, d.outcome === 'finished' ? 'good' : 'warn')], ['Event', (d) => mono(d.event)]], dialogs.data))];
          },
        };
        start();
        """#
}
