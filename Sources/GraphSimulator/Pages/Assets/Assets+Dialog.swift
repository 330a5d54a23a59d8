// SPDX-License-Identifier: Apache-2.0

extension Assets {
    /// The popup: asks the sandbox for its steps and tells the page that opened it how it ended.
    static let dialogScript = #"""
        const app = document.getElementById('app');
        const asked = new URLSearchParams(location.search);
        const answers = { business: null, waba: null, number: null, mishap: '' };
        let dialog, place = 0, ending = null, isTold = false, eventOrigin = 'https://www.facebook.com';

        function tell(result) {
          if (isTold) return;
          isTold = true;
          if (!window.opener || !dialog || !dialog.origin) return;
          const event = { gangwaySandbox: 1, kind: 'event', text: result.event, eventOrigin };
          const login = { gangwaySandbox: 1, kind: 'login', response: result.login };
          const post = (message) => window.opener.postMessage(message, dialog.origin);
          if (result.is_code_first) post(login);
          if (result.event) post(event);
          if (!result.is_code_first) post(login);
        }

        // Closing the popup on the last screen counts as done, anywhere else as a cancel.
        window.addEventListener('pagehide', () => {
          if (isTold || !dialog) return;
          if (ending) return tell(ending);
          navigator.sendBeacon('/_sandbox/dialogs/' + dialog.id + '/cancel', JSON.stringify({ current_step: step() }));
          tell({ event: dialog.cancel_events[step()], login: { authResponse: null, status: 'unknown' } });
        });

        function step() { return dialog.steps[Math.min(place, dialog.steps.length - 1)]; }

        function leave(result) {
          tell(result);
          if (result.redirect_to) { location.assign(result.redirect_to); return; }
          if (window.opener) window.close();
          else show('end', h('div', { class: 'body' }, h('h1', { tabindex: -1 }, 'That is all'), h('p', {}, 'You can close this window.')));
        }

        async function run(work) {
          const box = document.getElementById('alert');
          if (box) box.hidden = true;
          const buttons = app.querySelectorAll('footer button');
          buttons.forEach((button) => { button.disabled = true; });
          try { await work(); } catch (error) {
            const alert = document.getElementById('alert');
            if (alert) { alert.textContent = error.message; alert.hidden = false; alert.focus(); }
          }
          app.querySelectorAll('footer button').forEach((button) => { button.disabled = false; });
        }

        async function cancel() { await run(async () => leave(await call('POST', '/dialogs/' + dialog.id + '/cancel', { current_step: step() }))); }
        async function report() { await run(async () => leave(await call('POST', '/dialogs/' + dialog.id + '/report', { current_step: step() }))); }

        function frame(content) {
          const bar = h('header', {}, h('span', {}, h('strong', {}, 'Embedded Signup'), dialog ? ' ' + dialog.version : ''), badge('Sandbox: nothing here reaches Meta', 'accent'));
          app.replaceChildren(bar, h('div', { class: 'card enter' }, content));
          const heading = app.querySelector('h1');
          if (heading) heading.focus();
        }

        function show(name, body, next, onNext) {
          const total = dialog ? dialog.steps.length : 0;
          const bars = total && name !== 'error' ? h('div', { class: 'steps', role: 'img', 'aria-label': 'Step ' + Math.min(place + 1, total) + ' of ' + total }, dialog.steps.map((_, index) => h('i', { class: index <= place ? 'done' : '' }))) : null;
          const buttons = onNext ? h('footer', {},
            h('div', {}, h('button', { type: 'button', class: 'danger', id: 'cancel', onclick: cancel }, 'Cancel'), ' ', h('button', { type: 'button', id: 'report', class: 'plain', onclick: report }, 'Report a problem')),
            h('div', {}, place > 0 ? h('button', { type: 'button', id: 'back', onclick: () => { place -= 1; draw(); } }, 'Back') : null, ' ', h('button', { type: 'submit', id: 'next', class: 'primary' }, next))) : null;
          const alert = h('div', { class: 'alert', id: 'alert', role: 'alert', tabindex: -1, hidden: true });
          body.append(alert);
          frame([bars, onNext ? h('form', { id: 'form', onsubmit: (event) => { event.preventDefault(); run(onNext); } }, body, buttons) : body]);
        }

        function draw() {
          const screens = { BUSINESS_ACCOUNT_SELECTION: business, WABA_PHONE_PROFILE_PICKER: waba, WHATSAPP_BUSINESS_PROFILE_SETUP: profile,
            PHONE_NUMBER_SETUP: number, PHONE_NUMBER_VERIFICATION: verification, PERMISSIONS: consent };
          screens[step()]();
        }
        function forward() { place += 1; draw(); }

        async function begin() {
          const body = Object.fromEntries(asked);
          body.hosted = location.pathname.includes('/onboard');
          try { eventOrigin = (await call('GET', '/signup_settings')).event_origin; dialog = await call('POST', '/dialogs', body); } catch (error) {
            dialog = undefined;
            show('error', h('div', { class: 'body' }, h('h1', { tabindex: -1 }, 'This signup cannot start'), h('div', { class: 'alert', role: 'alert' }, error.message)));
            return;
          }
          draw();
        }

        """#
}
