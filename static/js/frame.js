/*
 * The frame of a mail is as high as its content; nothing inside it runs.
 * Markup: iframe.mail-frame[id][sandbox~=allow-same-origin] of our own origin.
 * A frame that the keyboard reached gets .focused: browsers draw no ring around one. Keys pressed in it are the page's
 * too (keyboard.js), but for those that walk, scroll and open within the mail.
 * Above MAX_PX the frame scrolls by itself. The height is kept for the session, so that a page seen again does not jump.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const MAX_PX = 20000;
  const MIN_PX = 24;
  const ITS_OWN = /^(Tab|Enter| |Arrow.*|Page.*|Home|End)$/;
  let keyed = false; // the focus moved by keyboard

  function remembered(frame) {
    try { return Number(sessionStorage.getItem("recado:" + frame.id)) || 0; } catch (_) { return 0; }
  }

  function remember(frame, height) {
    try { sessionStorage.setItem("recado:" + frame.id, String(height)); } catch (_) { /* full or forbidden */ }
  }

  function fit(frame) {
    const page = frame.contentDocument && frame.contentDocument.documentElement;
    if (!page || !frame.contentDocument.body) return;
    // The root's own box follows the content; scrollHeight would never shrink below the frame.
    const sideways = page.scrollWidth > page.clientWidth ? 16 : 0;
    const height = Math.min(Math.max(Math.ceil(page.getBoundingClientRect().height) + sideways, MIN_PX), MAX_PX);
    if (frame.style.height === height + "px") return;
    frame.style.height = height + "px";
    if (frame.id) remember(frame, height);
  }

  function ring() {
    for (const frame of document.querySelectorAll("iframe.mail-frame")) {
      frame.classList.toggle("focused", keyed && frame === document.activeElement);
    }
  }

  const press = () => (keyed = true);
  const point = () => (keyed = false);

  /** Whoever has just read a mail answers, closes and goes on by the same keys as anywhere. */
  function pass(frame, event) {
    press();
    if (ITS_OWN.test(event.key)) return;
    if (!frame.dispatchEvent(new KeyboardEvent("keydown", event))) event.preventDefault();
  }

  function watch(frame) {
    const inner = frame.contentDocument;
    if (!inner || !inner.documentElement || inner.URL === "about:blank") return;
    fit(frame);
    new ResizeObserver(() => fit(frame)).observe(inner.documentElement);
    inner.addEventListener("load", () => fit(frame), true); // pictures, seen while capturing
    inner.addEventListener("pointerdown", point);
    inner.addEventListener("keydown", (event) => pass(frame, event));
    frame.contentWindow.addEventListener("focus", ring);
    frame.contentWindow.addEventListener("blur", () => frame.classList.remove("focused"));
  }

  recado.once("iframe.mail-frame", function (frame) {
    const height = remembered(frame);
    if (height) frame.style.height = height + "px";
    frame.addEventListener("load", () => watch(frame));
    watch(frame);
    // Closed quotes have no size: measured when opened.
    const quoted = frame.closest("details");
    if (quoted) quoted.addEventListener("toggle", () => fit(frame));
  });

  document.addEventListener("keydown", press, true);
  document.addEventListener("pointerdown", point, true);
  document.addEventListener("htmx:after:swap", ring);
})();
