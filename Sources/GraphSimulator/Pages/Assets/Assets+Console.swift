// SPDX-License-Identifier: Apache-2.0

extension Assets {
    /// The control page: its frame, what it asks for every second, and its tables.
    static let consoleScript = #"""
        const root = document.getElementById('app');
        const live = { calls: [], webhooks: [], lastCall: 0, lastWebhook: 0, summary: null, clock: null, pending: 0, paused: false, error: '' };
        const limitOfRows = 300;
        const pages = [['overview', 'Overview'], ['accounts', 'Accounts'], ['calls', 'Calls'], ['webhooks', 'Webhooks'], ['faults', 'Faults and scenarios'], ['clock', 'Clock'], ['signup', 'Embedded Signup']];
        let page = '', view = null, redraw = () => {};

        function table(columns, rows, onRow) {
          if (!rows.length) return h('div', { class: 'empty' }, 'Nothing here yet.');
          return h('div', { class: 'wrap' }, h('table', {},
            h('thead', {}, h('tr', {}, columns.map(([name]) => h('th', { scope: 'col' }, name)))),
            h('tbody', {}, rows.map((row) => {
              const open = () => onRow(row);
              return h('tr', onRow ? { class: 'click', tabindex: 0, onclick: open, onkeydown: (event) => { if (event.key === 'Enter') open(); } } : {},
                columns.map(([, cell]) => h('td', {}, cell(row))));
            }))));
        }
        function card(heading, body, side) { return h('section', { class: 'card' }, h('div', { class: 'pane' }, h('div', { class: 'spread' }, h('h2', {}, heading), side || '')), body); }
        function mono(text) { return h('span', { class: 'mono' }, text === null || text === undefined ? '–' : String(text)); }
        function time(text) { return h('span', { class: 'mono', title: text }, String(text || '').slice(11, 19)); }
        function statusBadge(status) { return status === null || status === undefined ? badge('no answer', 'bad') : badge(status, status < 300 ? 'good' : status < 500 ? 'warn' : 'bad'); }
        function reviewBadge(text) { return badge(text, /APPROVED|CONNECTED|VERIFIED/.test(text) ? 'good' : /REJECTED|DECLINED|BANNED|DISCONNECTED/.test(text) ? 'bad' : 'warn'); }
        function pretty(text) { try { return JSON.stringify(JSON.parse(text), null, 2); } catch (error) { return String(text || ''); } }
        function say(text, isBad) {
          const place = document.getElementById('say');
          place.textContent = text;
          place.className = isBad ? 'badge bad' : 'badge good';
          clearTimeout(say.timer);
          say.timer = setTimeout(() => { place.textContent = ''; place.className = ''; }, 5000);
        }
        async function act(work, done) {
          try { const result = await work(); if (done) say(done); await tick(); redraw(); return result; } catch (error) { say(error.message, true); }
        }
        function button(text, work, done, kind) { return h('button', { type: 'button', class: kind || '', onclick: () => act(work, done) }, text); }

        function details(heading, blocks) {
          const dialog = h('dialog', { class: 'card sheet', 'aria-label': heading });
          dialog.append(h('div', { class: 'spread' }, h('h2', {}, heading), h('button', { type: 'button', onclick: () => dialog.close() }, 'Close')),
            ...blocks.filter(Boolean).map(([name, text]) => h('div', { class: 'stack' }, h('h3', {}, name), h('pre', {}, text))));
          dialog.addEventListener('close', () => dialog.remove());
          document.body.append(dialog);
          dialog.showModal();
        }

        // What is new since the last look; the page never asks for all of a long log twice.
        async function tick() {
          try {
            const [calls, sent, summary, clock] = await Promise.all([
              call('GET', '/calls?details=true&limit=' + limitOfRows + '&after=' + live.lastCall), call('GET', '/webhooks?limit=' + limitOfRows + '&after=' + live.lastWebhook),
              call('GET', '/tables/summary'), call('GET', '/clock')]);
            if (live.summary && live.summary.run !== summary.run) { Object.assign(live, { calls: [], webhooks: [], lastCall: 0, lastWebhook: 0, summary }); return tick(); }
            const before = JSON.stringify([live.lastCall, live.lastWebhook, live.pending, live.error]);
            live.calls = live.calls.concat(calls.data).slice(-limitOfRows);
            live.webhooks = live.webhooks.concat(sent.data).slice(-limitOfRows);
            if (calls.data.length) live.lastCall = calls.data[calls.data.length - 1].seq;
            if (sent.data.length) live.lastWebhook = sent.data[sent.data.length - 1].seq;
            Object.assign(live, { summary, clock, pending: sent.pending, error: '' });
            paintClock();
            return before !== JSON.stringify([live.lastCall, live.lastWebhook, live.pending, '']);
          } catch (error) { live.error = error.message; paintClock(); return false; }
        }
        function paintClock() {
          const place = document.getElementById('now');
          if (place && live.clock) place.textContent = live.error || live.clock.now.replace('T', ' ').replace('Z', ' UTC');
          for (const [name, count] of [['calls', live.calls.length], ['webhooks', live.webhooks.length]]) {
            const tag = document.getElementById('count-' + name);
            if (tag) tag.textContent = count ? String(count) + (count === limitOfRows ? '+' : '') : '';
          }
        }

        function frame() {
          const theme = () => {
            const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
            document.documentElement.dataset.theme = dark ? 'light' : 'dark';
            try { localStorage.setItem('sandbox-theme', document.documentElement.dataset.theme); } catch (error) { /* private window */ }
          };
          root.replaceChildren(
            h('nav', { class: 'side', 'aria-label': 'Sections' }, h('div', { class: 'brand' }, h('i', { 'aria-hidden': 'true' }), h('span', {}, 'Graph sandbox')),
              pages.map(([id, name]) => h('a', { href: '#' + id, id: 'nav-' + id }, name, h('span', { class: 'hint', id: 'count-' + id }))), h('div', { class: 'grow' }),
              h('a', { href: '/_sandbox/example', target: '_blank', rel: 'noopener' }, 'Example page ↗'), h('button', { type: 'button', class: 'plain', onclick: theme }, 'Light or dark')),
            h('div', {}, h('div', { class: 'top' }, h('h1', { id: 'title', tabindex: -1 }), h('div', { class: 'row' }, h('span', { id: 'say', role: 'status' }), h('span', { class: 'mono', id: 'now', title: 'The clock of the sandbox' }),
              button('+1 hour', () => call('POST', '/clock', { advance_seconds: 3600 }), 'One hour has passed.'))),
              h('main', { class: 'view', id: 'main' })));
        }

        async function go() {
          page = pages.some(([id]) => id === location.hash.slice(1)) ? location.hash.slice(1) : 'overview';
          pages.forEach(([id, name]) => {
            const link = document.getElementById('nav-' + id);
            if (id === page) { link.setAttribute('aria-current', 'page'); document.getElementById('title').textContent = name; document.title = name + ' · Graph sandbox'; } else link.removeAttribute('aria-current');
          });
          view = views[page];
          const main = document.getElementById('main');
          const shown = page;
          redraw = async () => {
            const content = await view().catch((error) => [h('div', { class: 'alert' }, error.message)]);
            if (shown === page) main.replaceChildren(...content.filter(Boolean));
          };
          await redraw();
        }

        async function start() {
          try { const theme = localStorage.getItem('sandbox-theme'); if (theme) document.documentElement.dataset.theme = theme; } catch (error) { /* private window */ }
          frame();
          await tick();
          await go();
          addEventListener('hashchange', go);
          // A page with a form is left alone while somebody types.
          const isBusy = () => ['INPUT', 'SELECT', 'TEXTAREA'].includes(document.activeElement && document.activeElement.tagName) || document.querySelector('dialog[open]');
          const loop = async () => {
            if (!document.hidden && !live.paused) { const hasNews = await tick(); if (hasNews && !isBusy()) await redraw(); }
            setTimeout(loop, 1000);
          };
          setTimeout(loop, 1000);
        }

        """#
}
