/*
 * Whoever goes elsewhere says so; colleagues would else see them there until it is noticed.
 * Each stay at a conversation has an id of its own: what was asked during it and arrives after its end does not count,
 * and another window of the same person stays there.
 * Markup: #presence[hx-get], its address; #work[data-gone] where there is nothing to leave any more.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const STAYS_MS = 2000;
  let at = "";
  let visit = "";

  function go(there) {
    if (there === at) return;
    const left = at && at + "?visit=" + visit;
    at = there;
    visit = recado.uuid();
    if (!left || document.querySelector("#work[data-gone]")) return;
    fetch(left, { method: "DELETE", keepalive: true, headers: recado.headers() }).catch(() => {});
  }

  function look() {
    const here = document.getElementById("presence");
    go(here ? here.getAttribute("hx-get") : "");
  }

  document.addEventListener("htmx:config:request", function (event) {
    const { sourceElement, request } = event.detail.ctx;
    if (sourceElement.id !== "presence") return;
    look();
    request.body.set("visit", visit);
  });
  document.addEventListener("htmx:after:swap", look);
  window.addEventListener("pageshow", look);
  window.addEventListener("pagehide", () => go(""));
  // What is sent while a page goes away may never leave a busy browser; before that it does. The page may stay, though:
  // a download begins like a page.
  window.addEventListener("beforeunload", function () {
    const here = at;
    go("");
    if (here) setTimeout(() => recado.fire("presence-" + here.split("/")[2]), STAYS_MS);
  });
})();
