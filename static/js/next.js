/*
 * What one puts out of the list leaves it at once, and the next conversation has the focus: Enter opens it.
 * Markup: form[data-leaves] (closing, putting off); #list[data-section] says which section is shown, empty in a search;
 * #work[data-gone] stands where a deleted conversation stood.
 */
(function () {
  "use strict";
  const recado = window.recado;

  /** The row leaves; answers the one that takes its place. */
  function leave(id) {
    const row = document.getElementById("row-" + id);
    if (!row) return null;
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    return next && next.matches("a.row") ? next : document.querySelector("#list a.row");
  }

  function focus(row) {
    if (!row || recado.narrow()) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:finally:request", function (event) {
    const { sourceElement, response } = event.detail.ctx;
    const list = document.getElementById("list");
    const work = document.getElementById("work");
    if (!sourceElement || !sourceElement.matches("form[data-leaves]") || !response || response.status >= 300) return;
    if (!list || !work || !["unassigned", "mine", "others"].includes(list.dataset.section)) return;
    focus(leave(work.dataset.conversation));
  });

  recado.once("#work[data-gone]", function (work) {
    const next = leave(work.dataset.gone);
    if (next && !recado.narrow()) focus(next);
    else document.getElementById("gone").focus();
  });
})();
