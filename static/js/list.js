/*
 * The list of conversations: nothing moves under the hand.
 * Markup: #list (live block) with a.row[id="row-N"], inside #list-scroll; before it the pill #arrivals[hidden]
 * with data-one / data-other and [data-text].
 * While the pointer or the keyboard is in the list, or it is scrolled, a fresh list changes only the insides of
 * the rows that stand there; its order waits behind the pill, or for 5 s with no hand in the list.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const IDLE_MS = 5000;
  const TOP_PX = 8;
  let over = false;
  let touched = 0;
  let pending = null; // text of the newest list that waits
  let applying = false;
  let lostFocus = -1;

  const list = () => document.getElementById("list");
  const scroller = () => document.getElementById("list-scroll");
  const pill = () => document.getElementById("arrivals");
  const rowsOf = (root) => [...root.querySelectorAll("a.row")];

  function held() {
    const box = scroller();
    const focus = box.contains(document.activeElement) && document.activeElement.matches(":focus-visible");
    return over || focus || box.scrollTop > TOP_PX || Date.now() - touched < IDLE_MS || box.querySelector(".pick:checked");
  }

  function wait(text, count) {
    pending = text;
    if (pill()) recado.count(pill(), count);
  }

  /** How many rows are new or have moved up; what only comes into view at the end is neither. */
  function arrivals(shown, fresh) {
    const left = shown.filter((id) => fresh.includes(id));
    let count = 0;
    for (const id of fresh) {
      const place = left.indexOf(id);
      if (place > 0 || (place < 0 && (left.length > 0 || shown.length === 0))) count += 1;
      if (place >= 0) left.splice(place, 1);
    }
    return count;
  }

  function patch(row, fresh) {
    if (row.innerHTML !== fresh.innerHTML) {
      row.replaceChildren(...[...fresh.childNodes].map((node) => node.cloneNode(true)));
    }
    for (const name of ["data-state", "href"]) {
      if (fresh.hasAttribute(name)) row.setAttribute(name, fresh.getAttribute(name));
      else row.removeAttribute(name);
    }
  }

  function hold(fragment, text) {
    const shown = rowsOf(list());
    const fresh = rowsOf(fragment);
    for (const row of fresh) {
      const old = shown.find((other) => other.id === row.id);
      if (old) patch(old, row);
    }
    const before = shown.map((row) => row.id);
    const after = fresh.map((row) => row.id);
    if (before.join() === after.join()) wait(null, 0);
    else wait(text, arrivals(before, after));
  }

  function prepare(fragment) {
    recado.markOpen(fragment);
    const shown = rowsOf(list()).map((row) => row.id);
    for (const row of rowsOf(fragment)) if (!shown.includes(row.id)) row.classList.add("arrived");
    lostFocus = rowsOf(list()).indexOf(document.activeElement);
  }

  async function apply() {
    const text = pending;
    wait(null, 0);
    if (!text) return;
    applying = true;
    try {
      await window.htmx.swap({ sourceElement: list(), target: list(), swap: "outerMorph", text });
    } finally {
      applying = false;
    }
  }

  document.addEventListener("htmx:config:request", function (event) {
    const context = event.detail.ctx;
    if (context.sourceElement !== list() || !context.request.body) return;
    context.request.body.set("rows", String(rowsOf(list()).length));
    context.request.body.set("looked", String(list().querySelectorAll(".looked").length));
  });

  const asks = (address) => new URL(address, location.href).searchParams.get("pick");

  document.addEventListener("htmx:before:swap", function (event) {
    const { ctx, tasks } = event.detail;
    const main = list() && tasks.find((task) => task.type === "main");
    if (!main) return;
    if (ctx.sourceElement !== list()) {
      // Another list, as with boxes to choose rows: what waits is of the one before.
      if (tasks.some((task) => task.target === list() || task.target === "#list")) wait(null, 0);
      return;
    }
    if (!applying && asks(ctx.request.action) !== asks(list().getAttribute("hx-get"))) {
      tasks.splice(tasks.indexOf(main), 1);
      return;
    }
    if (!applying && held()) {
      hold(main.fragment, ctx.text);
      tasks.splice(tasks.indexOf(main), 1);
      return;
    }
    wait(null, 0);
    prepare(main.fragment);
  });

  document.addEventListener("htmx:after:swap", function (event) {
    if (lostFocus < 0 || event.detail.ctx.sourceElement !== list()) return;
    const rows = rowsOf(list());
    const row = rows[Math.min(lostFocus, rows.length - 1)];
    lostFocus = -1;
    if (row && !list().contains(document.activeElement)) row.focus({ preventScroll: true });
  });

  recado.once("#list-scroll", function (box) {
    const touch = () => (touched = Date.now());
    const mouse = (event) => event.pointerType !== "touch";
    box.addEventListener("pointerenter", (event) => mouse(event) && ((over = true), touch()));
    box.addEventListener("pointerleave", (event) => mouse(event) && ((over = false), touch()));
    for (const name of ["pointerdown", "keydown", "scroll"]) box.addEventListener(name, touch, { passive: true });
  });

  recado.once("#arrivals", function (button) {
    button.addEventListener("click", async function () {
      scroller().scrollTop = 0;
      await apply();
      const first = list().querySelector("a.row");
      if (first) first.focus({ preventScroll: true });
    });
  });

  setInterval(() => pending && scroller() && !held() && apply(), 1000);
})();
