// SPDX-License-Identifier: Apache-2.0

extension Assets {
    /// A partner's page as Meta's guide has it. Source: Meta, Embedded Signup implementation.
    static let exampleScript = #"""
        'use strict';
        (async function () {
          const log = document.getElementById('log');
          const button = document.getElementById('launch');
          const apps = await (await fetch('/_sandbox/tables/apps')).json();
          const signup = await (await fetch('/_sandbox/signup_settings')).json();
          const app = apps.data[0];
          const configID = signup.configurations[0].id;
          let received = {};

          document.getElementById('hosted').href = '/messaging/whatsapp/onboard/?' + new URLSearchParams({ app_id: app.app_id, config_id: configID });

          function note(title, value) {
            const item = document.createElement('li');
            const code = document.createElement('code');
            code.textContent = JSON.stringify(value);
            item.append(title + ' ', code);
            log.append(item);
          }

          // Code and event come in any order: both are needed, and the code lives 30 seconds.
          function next() {
            if (!received.code) return;
            const data = received.event && received.event.data || {};
            document.getElementById('curl').textContent =
              'curl -s http://127.0.0.1:8080/api/v1/onboardings -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" -d \'' +
              JSON.stringify({ customer_id: '…', code: received.code, waba_id: data.waba_id, phone_number_id: data.phone_number_id, business_id: data.business_id }) + '\'';
          }

          window.addEventListener('message', function (event) {
            const host = (function () { try { return new URL(event.origin).hostname; } catch (error) { return ''; } })();
            if (host !== 'facebook.com' && !host.endsWith('.facebook.com')) return;
            try {
              const data = JSON.parse(event.data);
              if (data.type !== 'WA_EMBEDDED_SIGNUP') return;
              received.event = data;
              note('message event', data);
              next();
            } catch (error) {
              note('message event that is not JSON', String(event.data));
            }
          });

          window.fbAsyncInit = function () {
            FB.init({ appId: app.app_id, autoLogAppEvents: true, xfbml: true, version: 'v26.0' });
            button.disabled = false;
          };

          document.getElementById('form').addEventListener('submit', function (submit) {
            submit.preventDefault();
            received = {};
            log.replaceChildren();
            document.getElementById('curl').textContent = 'Waiting for a code.';
            const flow = document.getElementById('flow').value;
            const version = document.getElementById('version').value;
            const extras = { setup: {}, featureType: '' };
            if (flow === 'solution') extras.setup.solutionID = app.solution_id;
            else if (flow === 'app_only_install') extras.features = [{ name: flow }];
            else extras.featureType = flow;
            if (version !== 'v4') { extras.version = version; extras.sessionInfoVersion = '3'; }
            FB.login(function (response) {
              note('FB.login callback', response);
              if (response.authResponse) { received.code = response.authResponse.code; next(); }
            }, { config_id: configID, response_type: 'code', override_default_response_type: true, extras: extras });
          });

          const script = document.createElement('script');
          script.src = '/en_US/sdk.js'; // in production: https://connect.facebook.net/en_US/sdk.js
          document.head.append(script);
        })();
        """#
}
