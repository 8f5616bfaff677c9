/*
 * Walking the list with keys: j and k anywhere outside fields, arrows inside the list; [ and ] open the neighbor
 * of the open conversation, where the page has no link of its own for them.
 * Markup: a.row inside #list.
 */
(function () {
  "use strict";
  const recado = window.recado;

  function rows() {
    return [...document.querySelectorAll("#list a.row")].filter((row) => row.getClientRects().length > 0);
  }

  function walk(step) {
    const all = rows();
    const open = all.findIndex((row) => row.hasAttribute("aria-current"));
    const focused = all.indexOf(document.activeElement);
    const from = focused >= 0 ? focused : open;
    const next = all[from < 0 ? 0 : Math.min(Math.max(from + step, 0), all.length - 1)];
    if (!next) return false;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  function neighbor(step) {
    const all = [...document.querySelectorAll("#list a.row")];
    const open = all.findIndex((row) => row.hasAttribute("aria-current"));
    const next = open < 0 ? null : all[open + step];
    if (next) next.click();
    return Boolean(next);
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented) return;
    const inList = event.target.closest && event.target.closest("#list");
    let done = false;
    if (event.key === "ArrowDown" && inList) done = walk(1);
    else if (event.key === "ArrowUp" && inList) done = walk(-1);
    else if (!recado.keys.allowed(event)) return;
    else if (event.key === "j") done = walk(1);
    else if (event.key === "k") done = walk(-1);
    else if (event.key === "]") done = neighbor(1);
    else if (event.key === "[") done = neighbor(-1);
    if (done) event.preventDefault();
  });
})();
