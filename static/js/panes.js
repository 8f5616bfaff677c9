/*
 * Which pane stands in front, and which row is the open one.
 * Markup: body[data-show=list|talk|side]; #work[data-show][data-conversation] is what a click in the list brings;
 * a[data-pane=talk|side] moves between conversation and details: over 760 px in place, on a phone as a link.
 */
(function () {
  "use strict";
  const recado = window.recado;

  /** Marks the open conversation in `root`, which is the list on the page or a new one about to be merged. */
  recado.markOpen = function (root) {
    const work = document.getElementById("work");
    const open = work && work.dataset.conversation ? "row-" + work.dataset.conversation : "";
    for (const row of root.querySelectorAll("a.row")) {
      if (row.id === open) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  };

  function show(pane) {
    document.body.dataset.show = pane;
  }

  recado.once("#work", function (work) {
    if (!work.dataset.show || document.body.dataset.show === work.dataset.show) return;
    show(work.dataset.show);
  });

  document.addEventListener("htmx:after:swap", function (event) {
    const work = document.getElementById("work");
    const source = event.detail.ctx.sourceElement;
    if (!work || !source || !source.matches("a.row, #work, [data-key]")) return;
    recado.markOpen(document);
    if (work.dataset.show) show(work.dataset.show);
    const talk = document.getElementById("talk");
    if (recado.narrow() && talk) talk.focus({ preventScroll: true });
  });

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-pane]");
    if (!link || recado.narrow() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const side = link.dataset.pane === "side" && document.body.dataset.show !== "side";
    show(side ? "side" : "talk");
    const next = document.querySelector(side ? "#side a[data-pane]" : "#head a[data-pane]");
    if (next && next.getClientRects().length) next.focus();
  });
})();
