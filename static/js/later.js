/*
 * Scripts that come when they are first needed, so that a first visit does not wait for them.
 * Markup: body[data-palette] for Ctrl or Cmd with K, in fields too; whatever has [data-script] brings its own, as form#bulk
 * does, which #pick (or x on a row) brings; a form with [data-terse] sends no empty fields; [data-dismiss] takes the
 * report .bulk-told away.
 * Off with body[data-keys=off].
 */
(function () {
  "use strict";
  const recado = window.recado;
  const brought = new Set();

  function bring(address) {
    if (!address || brought.has(address)) return;
    brought.add(address);
    const script = document.createElement("script");
    script.src = address;
    script.onerror = () => brought.delete(address);
    document.head.append(script);
  }

  function palette(event) {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || document.body.dataset.keys === "off") return;
    event.preventDefault();
    if (recado.palette) recado.palette();
    else bring(document.body.dataset.palette);
  }

  /** The first row that is chosen brings what rows are chosen with. */
  function pick(event) {
    const begin = document.getElementById("pick");
    if (!begin || document.getElementById("bulk") || !recado.keys.allowed(event)) return;
    const row = document.activeElement.closest("#list a.row") || document.querySelector("#list a.row[aria-current]");
    if (!row) return;
    event.preventDefault();
    recado.wanted = row.id.slice("row-".length);
    begin.click();
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "k" || event.key === "K") palette(event);
    else if (event.key === "x") pick(event);
  });

  recado.once("[data-script]", (one) => bring(one.dataset.script));

  document.addEventListener("click", function (event) {
    const dismissed = event.target.closest("[data-dismiss]");
    if (dismissed) dismissed.closest(".bulk-told").remove();
  });

  document.addEventListener("formdata", function (event) {
    if (!event.target.matches("[data-terse]")) return;
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
})();
