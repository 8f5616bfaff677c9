/*
 * Choosing rows of the list to change many at once. x chooses the focused (or open) row, Shift with x or a click a range.
 * Under a finger the whole row is the box. What a change left as it was stays chosen. #pick also ends what it began.
 * Comes with form#bulk. Markup: #list[data-picking] with input.pick#pick-ID in .line; #bulk-count[data-none|one|other|all];
 * #bulk-all; #bulk-told[data-changed].
 */
(function () {
  "use strict";
  const recado = window.recado;
  const chosen = new Set();
  let last = null; // where a range begins
  let going = false; // a change of all that match is under way

  const boxes = () => [...document.querySelectorAll("#list .pick")];

  function tell() {
    const count = document.getElementById("bulk-count");
    if (!count) return;
    const all = document.getElementById("bulk-all").checked;
    const { none, one, other } = count.dataset;
    // Where the list ends, its rows are all there are.
    const whole = !document.getElementById("more-rows") && { n: recado.number(boxes().length) };
    const words = document.getElementById("bulk-all-words");
    const every = whole ? recado.fill(count.dataset.every, whole) : count.dataset.all;
    if (whole && words) words.textContent = recado.fill(words.dataset.every, whole);
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
  });

  document.addEventListener("click", function (event) {
    const touch = event.pointerType ? event.pointerType === "touch" : event.detail > 0 && matchMedia("(pointer: coarse)").matches;
    const row = touch && event.target.closest("#list[data-picking] a.row");
    const box = row && document.getElementById("pick-" + row.id.slice("row-".length));
    const leave = event.target.closest("#pick") && document.getElementById("bulk-leave");
    if (!box && !leave) return;
    event.preventDefault();
    event.stopPropagation();
    if (box) choose(box, !box.checked, false);
    else leave.click();
  }, true);

  document.addEventListener("keydown", function (event) {
    if (event.key.toLowerCase() !== "x" || !recado.keys.allowed(event)) return;
    const line = document.activeElement.closest(".line");
    const row = line ? line.querySelector("a.row") : document.querySelector("#list a.row[aria-current]");
    const box = row && document.getElementById("pick-" + row.id.slice("row-".length));
    if (!box) return;
    event.preventDefault();
    choose(box, event.shiftKey || !box.checked, event.shiftKey);
  });

  /** What is chosen stays so while the list changes around it; what left the list is not chosen any more. */
  function keep() {
    const all = boxes();
    for (const id of [...chosen]) if (!all.some((box) => box.value === id)) chosen.delete(id);
    for (const box of all) box.checked = chosen.has(box.value);
    const box = recado.wanted && document.getElementById("pick-" + recado.wanted);
    if (box) {
      choose(box, true, false);
      document.getElementById("row-" + recado.wanted).focus({ preventScroll: true });
      recado.wanted = null;
    }
    tell();
  }

  document.addEventListener("htmx:after:swap", function (event) {
    const source = event.detail.ctx.sourceElement;
    const told = document.getElementById("bulk-told");
    const changed = told && (told.dataset.changed !== "0" || told.querySelector("progress"));
    const { response } = event.detail.ctx;
    if (source && source.matches("#bulk") && changed && response && response.status < 300) {
      chosen.clear();
      const all = document.getElementById("bulk-all");
      if (all) all.checked = false;
    }
    keep();
    // All of them changed: the list is looked at from its top again, and takes up what waits as soon as nobody touches it.
    const before = going;
    going = Boolean(document.querySelector("#bulk-told progress"));
    if (before && !going) document.getElementById("list-scroll").scrollTop = 0;
  });
  keep();
})();
