/*
 * What a person sees or hears without looking: number in the title, dot in the favicon and in the rail, one sentence.
 * Markup: #signals (live block) [data-count][data-alert=yes|no][data-newest][data-announce]; link#favicon
 * [data-plain][data-new]; [data-alert-dot] in the navigation; #announcer (polite live region).
 * The block is asked for what came in after the last message that was told of, so that no sentence leaves one out.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const PAUSE_MS = 10000; // at most one sentence in this time
  const MANY = 99;
  let told = null; // the newest message that was told of, or was there before
  let next = null;
  let spokenAt = 0;
  let timer = null;

  function speak() {
    const region = document.getElementById("announcer");
    if (region && document.visibilityState === "visible") region.textContent = next.text;
    told = next.newest;
    spokenAt = Date.now();
  }

  function announce(text, newest) {
    next = { text, newest };
    clearTimeout(timer);
    timer = setTimeout(speak, Math.max(0, spokenAt + PAUSE_MS - Date.now()));
  }

  function show() {
    const signals = document.getElementById("signals");
    if (!signals) return;
    const { count, alert, newest, announce: sentence } = signals.dataset;
    const n = Number(count) || 0;
    const plain = document.title.replace(/^\(\d+\+?\) /, "");
    const title = n > 0 ? "(" + (n > MANY ? MANY + "+" : n) + ") " + plain : plain;
    if (document.title !== title) document.title = title;
    const icon = document.getElementById("favicon");
    const picture = icon && (n > 0 ? icon.dataset.new : icon.dataset.plain);
    if (picture && icon.getAttribute("href") !== picture) icon.setAttribute("href", picture);
    for (const dot of document.querySelectorAll("[data-alert-dot]")) dot.hidden = alert !== "yes";
    if (newest === undefined) return;
    if (told === null) told = Number(newest);
    else if (sentence && Number(newest) > told) announce(sentence, Number(newest));
  }

  document.addEventListener("htmx:config:request", function (event) {
    const { sourceElement, request } = event.detail.ctx;
    if (told !== null && sourceElement.id === "signals" && request.body) request.body.set("after", String(told));
  });

  show();
  // Also after a click in the list, which brings a new title. htmx sets it after this event.
  document.addEventListener("htmx:after:swap", () => setTimeout(show));
})();
