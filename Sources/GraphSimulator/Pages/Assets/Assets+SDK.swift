// SPDX-License-Identifier: Apache-2.0

extension Assets {
    /// The stand-in for Meta's JavaScript SDK. Source: reference sections 5.1 and 5.2.
    static let sdk = #"""
        // Stand-in for Meta's JavaScript SDK: opens the sandbox's Embedded Signup. Not for production.
        (function () {
          'use strict';
          if (window.FB && window.FB.isSandbox) return;
          const script = document.currentScript
            || Array.from(document.querySelectorAll('script[src]')).find(function (s) { return /\/sdk\.js([?#]|$)/.test(s.src); });
          const base = new URL(script.src, location.href).origin;
          const none = function () { return { authResponse: null, status: 'unknown' }; };
          let settings = null;
          let current = null;

          // The popup speaks to us alone: the page sees the event as if Meta had posted it.
          window.addEventListener('message', function (message) {
            const data = message.data;
            if (message.origin !== base || !data || data.gangwaySandbox !== 1) return;
            message.stopImmediatePropagation();
            if (!current || message.source !== current.popup) return;
            if (data.kind === 'event') {
              const seen = { data: data.text, origin: data.eventOrigin, source: message.source };
              window.dispatchEvent(new MessageEvent('message', seen));
            }
            if (data.kind === 'login') current.end(data.response);
          }, true);

          function parameters(options) {
            const query = new URLSearchParams({ client_id: settings.appId, display: 'popup', origin: location.origin });
            Object.keys(options).forEach(function (name) {
              const value = options[name];
              if (value === undefined || value === null) return;
              query.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
            });
            if (!query.has('response_type')) query.set('response_type', 'token');
            return query;
          }

          function login(callback, options) {
            if (typeof callback !== 'function') throw new Error('FB.login: Expression is of type ' + typeof callback + ', not function');
            if (!settings) { console.error('FB.login() called before FB.init().'); return; }
            const query = parameters(options || {});
            const popup = window.open(base + '/' + settings.version + '/dialog/oauth?' + query, 'sandbox_signup', 'width=620,height=780,popup=1');
            if (!popup) { console.error('The popup was blocked.'); callback(none()); return; }
            if (current) current.end(none());
            const watch = setInterval(function () {
              // What the popup posted as it closed may still be on its way.
              if (popup.closed) { clearInterval(watch); setTimeout(function () { call.end(none()); }, 400); }
            }, 250);
            const call = {
              popup: popup, ended: false,
              end: function (response) {
                if (call.ended) return;
                call.ended = true;
                clearInterval(watch);
                if (current === call) current = null;
                callback(response);
              }
            };
            current = call;
          }

          function api(path) {
            const rest = Array.prototype.slice.call(arguments, 1);
            const callback = rest.find(function (a) { return typeof a === 'function'; }) || function () {};
            const method = (rest.find(function (a) { return typeof a === 'string'; }) || 'get').toUpperCase();
            const values = rest.find(function (a) { return a && typeof a === 'object'; }) || {};
            const version = settings ? settings.version : 'v26.0';
            const url = new URL('/' + version + '/' + String(path).replace(/^\//, ''), base);
            const body = new URLSearchParams();
            Object.keys(values).forEach(function (name) {
              const value = typeof values[name] === 'object' ? JSON.stringify(values[name]) : String(values[name]);
              (method === 'GET' ? url.searchParams : body).set(name, value);
            });
            fetch(url, method === 'GET' ? {} : { method: method, body: body })
              .then(function (answer) { return answer.json(); })
              .catch(function (error) { return { error: { message: String(error), type: 'http', code: 1 } }; })
              .then(callback);
          }

          const nothing = function () {};
          window.FB = {
            isSandbox: true,
            init: function (options) {
              const o = options || {};
              if (!o.appId) console.warn('FB.init: appId is required.');
              if (!o.version) throw new Error('init not called with valid version');
              settings = { appId: String(o.appId || ''), version: o.version };
            },
            login: login,
            logout: function (callback) { (callback || nothing)(none()); },
            getLoginStatus: function (callback) { (callback || nothing)(none()); },
            getAuthResponse: function () { return null; },
            api: api,
            ui: function (options, callback) { (callback || nothing)({ error_code: 100, error_message: 'The sandbox plays FB.login only.' }); },
            Event: { subscribe: nothing, unsubscribe: nothing },
            AppEvents: { logPageView: nothing, logEvent: nothing, activateApp: nothing },
            XFBML: { parse: function (node, callback) { (callback || nothing)(); } }
          };

          let isReady = false;
          function ready() {
            if (isReady || typeof window.fbAsyncInit !== 'function') return;
            isReady = true;
            window.fbAsyncInit();
          }
          setTimeout(ready, 0);
          window.addEventListener('load', ready);
        })();
        """#
}
