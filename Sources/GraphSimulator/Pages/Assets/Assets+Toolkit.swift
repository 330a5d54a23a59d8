// SPDX-License-Identifier: Apache-2.0

extension Assets {
    /// What both pages share. Text only ever becomes text: nothing is parsed as HTML.
    static let toolkit = #"""
        'use strict';
        function h(tag, attributes, ...children) {
          const node = document.createElement(tag);
          for (const [name, value] of Object.entries(attributes || {})) {
            if (value === undefined || value === null || value === false) continue;
            if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
            else if (name === 'value' || name === 'checked' || name === 'disabled') node[name] = value;
            else node.setAttribute(name, value === true ? '' : value);
          }
          node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
          return node;
        }
        async function call(method, path, body) {
          const options = { method };
          if (body !== undefined) { options.body = JSON.stringify(body); options.headers = { 'Content-Type': 'application/json' }; }
          let answer;
          try { answer = await fetch('/_sandbox' + path, options); } catch (error) { throw new Error('The sandbox does not answer. Is it running?'); }
          const json = await answer.json().catch(() => ({}));
          if (!answer.ok) throw new Error(json.error && json.error.message || 'HTTP ' + answer.status);
          return json;
        }
        function badge(text, kind) { return h('span', { class: 'badge ' + (kind || '') }, String(text)); }
        function field(label, input, hint) { return h('label', {}, label, hint && h('span', { class: 'hint' }, ' ' + hint), input); }
        function options(list, chosen) { return list.map(([value, text]) => h('option', { value, selected: value === chosen }, text)); }

        """#
}
