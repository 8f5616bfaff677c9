/*
 * Choosing rows of the list to change many at once. x chooses the focused (or open) row, Shift with x or a click a range.
 * Markup: #pick begins, #bulk-leave ends; input.pick in .line; #bulk-count[data-none|one|other|all]; #bulk-all; a form
 * with [data-terse] sends no empty fields; [data-dismiss] takes the report away.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const chosen = new Set();
  let last = null; // where a range begins
  let wanted = null; // chosen by key before there were boxes

  const boxes = () => [...document.querySelectorAll("#list .pick")];

  function tell() {
    const count = document.getElementById("bulk-count");
    if (!count) return;
    const all = document.getElementById("bulk-all").checked;
    const { none, one, other, all: every } = count.dataset;
    const n = chosen.size;
    const text = all ? every : n === 0 ? none : recado.fill(n === 1 ? one : other, { n: recado.number(n) });
    if (count.textContent !== text) count.textContent = text;
  }

  function choose(box, on, range) {
    const all = boxes();
    const from = range ? all.findIndex((other) => other.value === last) : -1;
    const to = all.indexOf(box);
    const some = from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1);
    for (const other of some) {
      other.checked = on;
      if (on) chosen.add(other.value);
      else chosen.delete(other.value);
    }
    last = box.value;
    tell();
  }

  document.addEventListener("click", function (event) {
    if (event.target.matches(".pick")) choose(event.target, event.target.checked, event.shiftKey);
    else if (event.target.matches("#bulk-all")) tell();
    const report = event.target.closest("[data-dismiss]");
    if (report) report.closest(".bulk-told").remove();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key.toLowerCase() !== "x" || !recado.keys.allowed(event)) return;
    const row = (document.activeElement.closest(".line") || document).querySelector("#list a.row:focus, #list a.row[aria-current], .line a.row");
    const focused = document.activeElement.closest("#list a.row") || row;
    const begin = document.getElementById("pick");
    if (!focused || !begin) return;
    event.preventDefault();
    const id = focused.id.slice(4);
    const box = document.getElementById("pick-" + id);
    if (box) choose(box, event.shiftKey || !box.checked, event.shiftKey);
    else {
      wanted = id;
      begin.click();
    }
  });

  // What is chosen stays so while the list changes around it; what left the list is not chosen any more.
  document.addEventListener("htmx:after:swap", function (event) {
    const source = event.detail.ctx.sourceElement;
    if (source && source.id === "bulk") {
      chosen.clear();
      const all = document.getElementById("bulk-all");
      if (all) all.checked = false;
    }
    const all = boxes();
    for (const id of [...chosen]) if (!all.some((box) => box.value === id)) chosen.delete(id);
    for (const box of all) box.checked = chosen.has(box.value);
    const box = wanted && document.getElementById("pick-" + wanted);
    if (box) {
      wanted = null;
      choose(box, true, false);
      document.getElementById("row-" + box.value).focus({ preventScroll: true });
    }
    tell();
  });

  document.addEventListener("formdata", function (event) {
    if (!event.target.matches("[data-terse]")) return;
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
})();
