// SPDX-License-Identifier: Apache-2.0

extension Assets {
    /// The screens of the popup, one a step of the session event.
    static let dialogScreens = #"""
        function title(text, hint) { return [h('h1', { tabindex: -1 }, text), h('p', { class: 'hint' }, hint)]; }
        function choice(group, value, chosen, name, hint, onchange) {
          return h('label', { class: 'choice' }, h('input', { type: 'radio', name: group, value, checked: value === chosen, onchange }), h('span', {}, h('strong', {}, name), h('span', { class: 'hint' }, hint)));
        }
        function picked(group) { const input = app.querySelector('input[name=' + group + ']:checked'); return input ? input.value : ''; }
        function value(id) { return document.getElementById(id).value.trim(); }
        function reveal(id, isShown) { document.getElementById(id).hidden = !isShown; }

        function business() {
          const setup = dialog.setup.business || {};
          const known = dialog.businesses;
          const first = answers.business && answers.business.id || (answers.business || setup.name || !known.length ? 'new' : known[0].id);
          const toggle = () => reveal('fresh', picked('business') === 'new');
          show('business', h('div', { class: 'body' }, title('Choose a business portfolio', dialog.app_name + ' will be given access to what you pick here.'),
            dialog.notice && h('p', {}, badge(dialog.notice, 'warn')),
            h('div', { class: 'stack', role: 'radiogroup', 'aria-label': 'Business portfolio' },
              known.map((item) => choice('business', item.id, first, item.name, 'ID ' + item.id, toggle)),
              choice('business', 'new', first, 'Create a business portfolio', 'A customer that the sandbox does not know yet', toggle)),
            h('div', { id: 'fresh', class: 'stack', hidden: first !== 'new' }, field('Business name', h('input', { id: 'name', maxlength: 100, value: answers.business && answers.business.name || setup.name || 'Lucky Shrub' })))),
          'Next', async () => {
            const id = picked('business');
            if (id === 'new' && !value('name')) throw new Error('Give the business a name.');
            answers.business = id === 'new' ? { name: value('name') } : { id };
            forward();
          });
        }

        function waba() {
          const known = dialog.businesses.find((item) => item.id === answers.business.id);
          const accounts = known ? known.wabas : [];
          const first = answers.waba && answers.waba.id || (accounts.length ? accounts[0].id : 'new');
          show('waba', h('div', { class: 'body' }, title('Choose a WhatsApp Business account', 'It holds your phone numbers and message templates.'),
            h('div', { class: 'stack', role: 'radiogroup', 'aria-label': 'WhatsApp Business account' },
              accounts.map((item) => choice('waba', item.id, first, item.name, 'ID ' + item.id)),
              choice('waba', 'new', first, 'Create a WhatsApp Business account', 'With a new profile'))),
          'Next', async () => {
            const id = picked('waba');
            const fallback = known ? known.name : answers.business.name;
            answers.waba = id === 'new' ? { name: answers.waba && answers.waba.name || fallback } : { id };
            forward();
          });
        }

        function profile() {
          const setup = dialog.setup.phone || {};
          const isNew = !answers.waba.id;
          show('profile', h('div', { class: 'body' }, title('Set up your profile', 'People see the display name in WhatsApp. Meta reviews it.'),
            isNew && field('Account name', h('input', { id: 'waba_name', maxlength: 75, value: answers.waba.name || '' })),
            field('Display name', h('input', { id: 'display', maxlength: 75, value: answers.display || setup.displayName || answers.waba.name || answers.business.name || 'Lucky Shrub' })),
            field('Category', h('select', { id: 'category' }, options(['Shopping and retail', 'Restaurant', 'Finance and banking', 'Education', 'Travel', 'Other'].map((name) => [name, name]), answers.category)))),
          'Next', async () => {
            if (!value('display')) throw new Error('Give the number a display name.');
            if (isNew) answers.waba = { name: value('waba_name') || value('display') };
            answers.display = value('display');
            answers.category = value('category');
            forward();
          });
        }

        function number() {
          const isApp = dialog.flow === 'business_app';
          const mayWait = !isApp && dialog.version !== 'v2';
          const kind = answers.number || 'verified';
          const toggle = () => reveal('digits', picked('number') !== 'none');
          const suggestion = answers.digits || '+1 555 ' + (200 + Math.floor(Math.random() * 800)) + ' ' + String(Math.floor(Math.random() * 10000)).padStart(4, '0');
          show('number', h('div', { class: 'body' }, title(isApp ? 'Your WhatsApp Business app number' : 'Add a phone number', isApp ? 'You keep using the app on your phone; both see the same chats.' : 'It must be able to receive a text message or a call.'),
            h('div', { class: 'stack', role: 'radiogroup', 'aria-label': 'Phone number' },
              choice('number', 'verified', kind, isApp ? 'Connect my WhatsApp Business app' : 'Verify it now', isApp ? 'Confirm in the app' : 'With a code of six digits', toggle),
              mayWait && choice('number', 'unverified', kind, 'Add it unverified', 'The partner verifies it later by the API', toggle),
              mayWait && choice('number', 'none', kind, 'Without a number', 'Finishes as FINISH_ONLY_WABA', toggle)),
            h('div', { id: 'digits', class: 'stack', hidden: kind === 'none' },
              field('Phone number', h('input', { id: 'number', type: 'tel', autocomplete: 'off', value: suggestion }), 'with country code'),
              isApp ? null : field('Send the code by', h('select', { id: 'method' }, options([['SMS', 'Text message'], ['VOICE', 'Phone call']]))))),
          'Next', async () => {
            answers.number = picked('number');
            answers.digits = value('number');
            if (answers.number === 'verified') {
              answers.otp = (await call('POST', '/dialogs/' + dialog.id + '/code', { phone_number: answers.digits, waba_id: answers.waba.id })).code;
              forward();
            } else { place = dialog.steps.length - 1; draw(); }
          });
        }

        function verification() {
          if (answers.number !== 'verified') { place -= 1; draw(); return; }
          const isApp = dialog.flow === 'business_app';
          const input = h('input', { id: 'otp', class: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 7, 'aria-label': 'Six-digit code' });
          show('code', h('div', { class: 'body' }, title(isApp ? 'Confirm in your app' : 'Enter the code', 'Sent to ' + answers.digits + '.'),
            h('div', { class: 'phone' }, h('span', { class: 'dot', 'aria-hidden': 'true' }, 'W'), h('span', {}, h('span', { class: 'hint' }, 'A phone would show'), h('br'), h('b', { id: 'sent' }, answers.otp)),
              h('button', { type: 'button', id: 'insert', onclick: () => { input.value = answers.otp; input.focus(); } }, 'Insert')),
            input),
          'Verify', async () => { await call('POST', '/dialogs/' + dialog.id + '/verify', { code: input.value }); forward(); });
        }

        function consent() {
          const outcomes = [['', 'as usual'], ['APPROVED', 'approved'], ['REJECTED', 'rejected'], ['PENDING', 'pending for ever']];
          const mishaps = [['', 'nothing'], ['code_first', 'the code comes before the event'], ['no_event', 'the event gets lost'], ['no_code', 'the code gets lost'],
            ['code_expired', 'the code has expired already'], ['code_used', 'the code was used by somebody else']];
          show('consent', h('div', { class: 'body' }, title('Review what you share', dialog.app_name + ' asks for:'),
            h('ul', { class: 'ticks' }, h('li', {}, 'Manage your WhatsApp Business account'), h('li', {}, 'Send and receive messages for your number'),
              dialog.flow === 'solution' && h('li', {}, 'Work together with the partner of its solution')),
            h('details', { class: 'tools' }, h('summary', {}, 'Rehearse something going wrong'), h('div', { class: 'stack' },
              field('What happens', h('select', { id: 'mishap' }, options(mishaps))),
              h('div', { class: 'row' }, field('Account review', h('select', { id: 'review' }, options(outcomes))), field('Name review', h('select', { id: 'name_review' }, options(outcomes.concat([['DEFERRED', 'deferred']]))))),
              h('div', { class: 'row' }, field('Two-step PIN it has already', h('input', { id: 'pin', inputmode: 'numeric', maxlength: 6, placeholder: 'none' })), field('Currency', h('select', { id: 'currency' }, options(['USD', 'EUR', 'GBP', 'INR', 'IDR', 'AUD'].map((name) => [name, name])))))))),
          'Confirm', async () => {
            const body = { business: answers.business, waba: answers.waba, display_name: answers.display, number: answers.number, phone_number: answers.digits, currency: value('currency'), mishap: value('mishap') };
            if (value('pin')) body.pin = value('pin');
            for (const name of ['review', 'name_review']) if (value(name)) body[name] = { outcome: value(name) };
            ending = await call('POST', '/dialogs/' + dialog.id + '/finish', body);
            done();
          });
        }

        function done() {
          const code = ending.login.authResponse && ending.login.authResponse.code;
          const isAlone = !dialog.origin && !dialog.is_full_page && dialog.flow !== 'hosted';
          const rows = [['Business', ending.business_id], ['WhatsApp account', ending.waba_id], ['Phone number', ending.phone_number_id]].filter(([, id]) => id);
          show('done', h('div', { class: 'body' }, title('You are connected', dialog.app_name + ' can work with your account now.'),
            h('dl', { class: 'kv' }, rows.map(([name, id]) => [h('dt', {}, name), h('dd', { class: 'mono' }, id)])),
            isAlone && h('div', { class: 'stack' }, h('p', {}, 'No page opened this popup, so here is what it would have been told. The code lives 30 seconds.'), h('pre', { id: 'code' }, code || ''), h('pre', {}, ending.event || ''))));
          const finish = async () => { await call('POST', '/dialogs/' + dialog.id + '/claim', {}); leave(ending); };
          app.querySelector('.card').append(h('footer', {}, h('span'), h('button', { type: 'button', class: 'primary', id: 'finish', onclick: () => run(finish) }, 'Finish')));
          document.getElementById('finish').focus();
        }

        begin();
        """#
}
