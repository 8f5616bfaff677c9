/*
 * What one puts out of the list leaves it at once, and the next conversation has the focus: Enter opens it. On a phone, where
 * the list is out of sight, #next[data-words] offers it.
 * Markup: form[data-leaves] (closing, putting off); #list[data-section] says which section is shown, empty in a search;
 * #work[data-gone] stands where a deleted conversation stood, with [data-kept] for what
 * was being written in it.
 */
(function () {
  "use strict";
  const recado = window.recado;

  /** The row leaves; answers the one that takes its place, or the first if it had left before. */
  function leave(id) {
    const row = document.getElementById("row-" + id);
    if (!row) return document.querySelector("#list a.row");
    const line = row.closest(".line") || row;
    const next = line.nextElementSibling || line.previousElementSibling;
    line.remove();
    return (next && (next.matches("a.row") ? next : next.querySelector("a.row"))) || document.querySelector("#list a.row");
  }

  let offered = null; // the row of the next one, on a phone

  function offer(row) {
    const place = document.getElementById("next");
    offered = row;
    if (!place) return;
    place.hidden = !row;
    if (!row) return;
    const link = place.querySelector("a");
    link.href = row.href;
    link.querySelector("span").textContent = place.dataset.words.replace("{name}", row.querySelector(".who").textContent);
  }

  // As if it were chosen in the list, if it still stands there.
  document.addEventListener("click", function (event) {
    if (!event.target.closest("#next a") || !offered || !offered.isConnected) return;
    event.preventDefault();
    offered.click();
  });

  function focus(row) {
    if (recado.narrow()) return offer(row);
    if (!row) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  // The answer may change the form itself, so what it is for is looked at before.
  const leaving = new WeakMap(); // request -> its conversation
  function shown() {
    const work = document.getElementById("work");
    return work && work.dataset.conversation;
  }
  document.addEventListener("htmx:before:request", function (event) {
    const { ctx } = event.detail;
    const source = ctx.sourceElement;
    if (!source) return;
    if (source.matches("form[data-leaves]")) leaving.set(ctx, shown());
    else if (source.matches("#head form")) offer(null);
  });

  document.addEventListener("htmx:finally:request", function (event) {
    const { ctx } = event.detail;
    const list = document.getElementById("list");
    const work = document.getElementById("work");
    if (!leaving.has(ctx) || !ctx.response || ctx.response.status >= 300) return;
    if (!list || !work || !["unassigned", "mine", "others"].includes(list.dataset.section)) return;
    const next = leave(leaving.get(ctx));
    // Whoever has gone on to another one already stays there.
    if (leaving.get(ctx) === shown()) focus(next);
  });

  let own = ""; // the conversation that is being deleted here
  document.addEventListener("htmx:before:request", function (event) {
    const source = event.detail.ctx.sourceElement;
    if (source && source.matches("#delete-conversation form")) own = shown();
  });

  const nameOf = (id, kind) => ["draft", recado.viewer(), id, kind].join(":");

  /** What was being written there is shown once more; where it became part of another one, it waits in the box there. */
  function keep(work) {
    const link = work.querySelector('.actions a[href^="/conversations/"]');
    const there = link && link.pathname.split("/")[2];
    const texts = ["reply", "note"].map(function (kind) {
      const name = nameOf(work.dataset.gone, kind);
      const kept = recado.memory.get(name) || "";
      recado.memory.remove(name);
      if (there && kept && !recado.memory.get(nameOf(there, kind))) recado.memory.set(nameOf(there, kind), kept);
      return kept.slice(kept.indexOf("|") + 1);
    });
    const text = texts.filter(Boolean).join("\n\n");
    const box = work.querySelector("[data-kept]");
    const field = box.querySelector("textarea");
    box.hidden = text === "";
    field.value = text;
    // What is typed on here goes along; of two texts nobody could say to which it belongs.
    const kind = texts[1] ? "note" : "reply";
    field.readOnly = Boolean(texts[0] && texts[1]);
    if (there) field.addEventListener("input", () => recado.memory.set(nameOf(there, kind), Date.now() + "|" + field.value));
    return text === "" ? null : field;
  }

  recado.once("#work[data-gone]", function (work) {
    const next = leave(work.dataset.gone);
    const field = keep(work);
    if (document.activeElement !== document.body) return;
    if (next && own === work.dataset.gone && !recado.narrow()) focus(next);
    else if (!field) document.getElementById("gone").focus();
    else {
      // Fingers that are typing go on typing here, not on keys that do something.
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    }
  });
})();
