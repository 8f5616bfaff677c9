/*
 * What the other scripts share, and the one global name: window.recado.
 * Markup: <html lang>, <body data-viewer hx-headers:inherited>.
 */
(function () {
  "use strict";
  const recado = (window.recado = window.recado || {});
  const seen = new Map();

  /** Runs `start(element)` once for each element that matches, now and whenever htmx brings one. */
  recado.once = function (selector, start) {
    const known = seen.get(selector) || new WeakMap();
    seen.set(selector, known);
    const mine = {};
    const scan = function (root) {
      const found = [...root.querySelectorAll(selector)];
      if (root.matches && root.matches(selector)) found.unshift(root);
      for (const element of found) {
        const done = known.get(element) || new Set();
        if (done.has(mine)) continue;
        known.set(element, done.add(mine));
        start(element);
      }
    };
    scan(document);
    document.addEventListener("htmx:after:process", (event) => scan(event.target));
  };

  /** Fires `recado:<name>` on body: live blocks and scripts listen there. */
  recado.fire = function (name, detail) {
    document.body.dispatchEvent(new CustomEvent("recado:" + name, { detail: detail || {} }));
  };

  recado.on = function (name, listener) {
    document.body.addEventListener("recado:" + name, listener);
  };

  /** Storage of this browser; a full or forbidden one loses comfort, never work. */
  recado.memory = {
    get(key) {
      try { return localStorage.getItem("recado:" + key); } catch (_) { return null; }
    },
    set(key, value) {
      try { localStorage.setItem("recado:" + key, value); } catch (_) { /* full or forbidden */ }
    },
    remove(key) {
      try { localStorage.removeItem("recado:" + key); } catch (_) { /* forbidden */ }
    },
    keys(prefix) {
      try {
        return Object.keys(localStorage)
          .filter((key) => key.startsWith("recado:" + prefix))
          .map((key) => key.slice("recado:".length));
      } catch (_) { return []; }
    },
  };

  recado.viewer = function () {
    return document.body.dataset.viewer || "0";
  };

  /** A number in the language of the page. */
  recado.number = function (value, options) {
    return new Intl.NumberFormat(document.documentElement.lang || undefined, options).format(value);
  };

  /** Fills `{name}` places of a text that the server translated. */
  recado.fill = function (text, values) {
    return (text || "").replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
  };

  /** Puts the singular or plural text of an element's data-one / data-other into its [data-text]. */
  recado.count = function (element, n) {
    const text = n === 1 ? element.dataset.one : element.dataset.other;
    element.querySelector("[data-text]").textContent = recado.fill(text, { n: recado.number(n) });
    element.hidden = n === 0;
  };

  /** Headers of own requests: those that htmx sends, token included. */
  recado.headers = function () {
    const inherited = document.body.getAttribute("hx-headers:inherited");
    return Object.assign({ "HX-Request": "true" }, inherited ? JSON.parse(inherited) : {});
  };

  /** An id nobody else makes; crypto.randomUUID exists only over https. */
  recado.uuid = function () {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  recado.narrow = function () {
    return matchMedia("(max-width: 760px)").matches;
  };

  recado.still = function () {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
  };
})();
