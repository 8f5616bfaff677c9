/*
 * How htmx behaves here. Settings stand in <meta name="htmx-config">; this file does what a setting cannot:
 * an answer of 5xx or none at all changes nothing on the page and shows the strip #connection instead.
 */
(function () {
  "use strict";
  const recado = window.recado;

  function status(event) {
    const context = event.detail && event.detail.ctx;
    return context && context.response ? context.response.status : 0;
  }

  // Fires without a response when the network failed or the time was up.
  document.addEventListener("htmx:error", function (event) {
    const context = event.detail && event.detail.ctx;
    if (!context || context.response) return;
    // The composer says it itself and sends again.
    if (context.sourceElement.querySelector("[data-waiting]")) return;
    recado.connection.failed("request");
  });

  document.addEventListener("htmx:response:error", function (event) {
    if (status(event) >= 500) recado.connection.failed("server");
  });

  document.addEventListener("htmx:after:request", function (event) {
    if (status(event) > 0 && status(event) < 500) recado.connection.worked();
  });

  // A session that ended answers with the sign-in page after a redirect: it is opened, never put into a block.
  document.addEventListener("htmx:before:response", function (event) {
    const context = event.detail.ctx;
    const asked = new URL(context.request.action, location.href).pathname;
    const raw = context.response.raw;
    if (!raw.redirected || new URL(raw.url).pathname === asked) return;
    event.preventDefault();
    location.assign(raw.url);
  });
})();
