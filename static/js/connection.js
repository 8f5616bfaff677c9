/*
 * The strip that says the connection is lost, or that a request did not get through.
 * Markup: #connection[hidden] with data-text-live ("… {s} s."), data-text-now, data-text-request, data-text-server;
 * inside: [data-text] (seen), [data-say] (read aloud, once per fault, not every second), [data-retry].
 */
(function () {
  "use strict";
  const recado = window.recado;
  const REQUEST_SHOWN_MS = 10000;
  let retryAt = null; // time of the next try while the stream is down, else null
  let down = false;
  let fault = null; // "request" or "server"
  let ticking = null;
  let clearing = null;
  let said = "";

  function strip() {
    return document.getElementById("connection");
  }

  function text(element) {
    if (!down) return element.dataset[fault === "server" ? "textServer" : "textRequest"] || "";
    const seconds = retryAt ? Math.ceil((retryAt - Date.now()) / 1000) : 0;
    return seconds > 0 ? recado.fill(element.dataset.textLive, { s: seconds }) : element.dataset.textNow || "";
  }

  function draw() {
    const element = strip();
    if (!element) return;
    const shown = down || fault !== null;
    element.hidden = !shown;
    const cause = down ? "live" : fault;
    if (shown) element.querySelector("[data-text]").textContent = text(element);
    if (said !== (cause || "")) {
      said = cause || "";
      element.querySelector("[data-say]").textContent = shown ? text(element) : "";
    }
    clearInterval(ticking);
    if (down) ticking = setInterval(draw, 1000);
  }

  recado.connection = {
    /** The live stream is down; `at` is when it is tried again. */
    lost(at) {
      down = true;
      retryAt = at;
      draw();
    },
    back() {
      down = false;
      retryAt = null;
      fault = null;
      draw();
    },
    /** A request got no answer ("request") or a bad one ("server"). */
    failed(kind) {
      fault = kind;
      clearTimeout(clearing);
      clearing = setTimeout(() => recado.connection.worked(), REQUEST_SHOWN_MS);
      draw();
    },
    worked() {
      if (fault === null) return;
      fault = null;
      clearTimeout(clearing);
      draw();
    },
  };

  document.addEventListener("click", function (event) {
    if (!event.target.closest("#connection [data-retry]")) return;
    fault = null;
    recado.fire("retry");
    draw();
  });
})();
