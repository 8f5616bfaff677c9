/*
 * Whoever goes elsewhere says so; colleagues would else see them there until it is noticed.
 * Markup: #presence[hx-get], its address; #work[data-gone] where there is nothing to leave any more.
 */
(function () {
  "use strict";
  const recado = window.recado;
  let at = "";

  function go(there) {
    const left = at;
    at = there;
    if (!left || left === there || document.querySelector("#work[data-gone]")) return;
    fetch(left, { method: "DELETE", keepalive: true, headers: recado.headers() }).catch(() => {});
  }

  function look() {
    const here = document.getElementById("presence");
    go(here ? here.getAttribute("hx-get") : "");
  }

  document.addEventListener("htmx:after:swap", look);
  window.addEventListener("pageshow", look);
  window.addEventListener("pagehide", () => go(""));
})();
