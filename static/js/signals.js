/*
 * What a person sees or hears without looking: number in the title, dot in the favicon and in the rail, one sentence.
 * Markup: #signals (live block) [data-count][data-alert=yes|no][data-announce][data-announce-id]; link#favicon
 * [data-plain][data-new]; [data-alert-dot] in the navigation; #announcer (polite live region).
 */
(function () {
  "use strict";
  const recado = window.recado;
  const PAUSE_MS = 10000; // at most one sentence in this time
  const MANY = 99;
  let announced = null;
  let next = "";
  let spokenAt = 0;
  let timer = null;

  function speak() {
    const region = document.getElementById("announcer");
    if (region && next && document.visibilityState === "visible") region.textContent = next;
    next = "";
    spokenAt = Date.now();
  }

  function announce(text) {
    next = text;
    clearTimeout(timer);
    timer = setTimeout(speak, Math.max(0, spokenAt + PAUSE_MS - Date.now()));
  }

  function show() {
    const signals = document.getElementById("signals");
    if (!signals) return;
    const { count, alert, announce: sentence, announceId } = signals.dataset;
    const n = Number(count) || 0;
    const plain = document.title.replace(/^\(\d+\+?\) /, "");
    const title = n > 0 ? "(" + (n > MANY ? MANY + "+" : n) + ") " + plain : plain;
    if (document.title !== title) document.title = title;
    const icon = document.getElementById("favicon");
    const picture = icon && (n > 0 ? icon.dataset.new : icon.dataset.plain);
    if (picture && icon.getAttribute("href") !== picture) icon.setAttribute("href", picture);
    for (const dot of document.querySelectorAll("[data-alert-dot]")) dot.hidden = alert !== "yes";
    const id = Number(announceId) || 0;
    if (announced !== null && sentence && id > announced) announce(sentence);
    announced = Math.max(announced || 0, id);
  }

  show();
  // Also after a click in the list, which brings a new title. htmx sets it after this event.
  document.addEventListener("htmx:after:swap", () => setTimeout(show));
})();
