/*
 * Drafts of the answer box: each conversation and kind (reply, note) has its own, so that a text never changes sides.
 * The server keeps them; below it this browser does, for what did not reach the server. Also the words that depend on
 * the kind.
 * Markup: form.composer[data-conversation], radios name=kind, textarea.write[data-reply][data-note] (placeholder) with
 * [data-other] (the draft of the other kind), label[for][data-reply][data-note], #draft-state with input name=base and
 * [data-aside] around [data-aside-text] and button [data-take].
 */
(function () {
  "use strict";
  const recado = window.recado;
  const KEPT_MS = 30 * 24 * 3600 * 1000;

  function name(form, kind) {
    return ["draft", recado.viewer(), form.dataset.conversation, kind].join(":");
  }

  // "time|text"; a time with a part behind the point says that the server has it.
  const SAVED = ".5";

  /** What this browser has and the server has not. */
  function load(form, kind) {
    const kept = recado.memory.get(name(form, kind)) || "";
    const at = kept.indexOf("|");
    return kept.slice(0, at).endsWith(SAVED) ? "" : kept.slice(at + 1);
  }

  function reached(form, kind, text) {
    const kept = recado.memory.get(name(form, kind)) || "";
    const at = kept.indexOf("|");
    if (kept.slice(at + 1) === text) recado.memory.set(name(form, kind), parseInt(kept, 10) + SAVED + "|" + text);
  }

  function save(form, kind, text) {
    if (text.trim() === "") recado.memory.remove(name(form, kind));
    else recado.memory.set(name(form, kind), Date.now() + "|" + text);
  }

  function words(form, kind) {
    const field = form.querySelector(".write");
    const label = form.querySelector('label[for="' + field.id + '"]');
    field.placeholder = field.dataset[kind] || field.placeholder;
    if (label && label.dataset[kind]) label.textContent = label.dataset[kind];
  }

  function prune() {
    for (const key of recado.memory.keys("draft:")) {
      const time = Number((recado.memory.get(key) || "").split("|")[0]) || 0;
      if (Date.now() - time > KEPT_MS) recado.memory.remove(key);
    }
  }

  recado.once("form.composer", function (form) {
    const field = form.querySelector(".write");
    // The form forbids it, but a browser that fills it in again on the way back must not put a note into an answer.
    if (!form.querySelector("[name=kind]:checked").defaultChecked) form.reset();
    let kind = form.elements.kind.value;
    let other = field.dataset.other;
    let sent = ""; // what is on its way to the server

    function fill(text) {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    words(form, kind);
    if (field.autofocus) field.setSelectionRange(field.value.length, field.value.length);
    // A text that the server sends back (after a refusal) is newer than what it never got. What it never got was
    // written without knowing of any other, so both are kept.
    const missed = form.querySelector("#composer-error") ? "" : load(form, kind);
    if (missed && missed !== field.value) {
      form.elements.base.value = "0";
      fill(missed);
    }
    field.addEventListener("input", () => save(form, kind, field.value));
    field.addEventListener("htmx:before:request", function (event) {
      const { body } = event.detail.ctx.request;
      if (event.target === field && body) sent = body.get("text").replace(/\r\n/g, "\n");
    });
    field.addEventListener("htmx:finally:request", function (event) {
      const { response } = event.detail.ctx;
      if (event.target !== field) return;
      if (response && response.status === 200) return reached(form, kind, sent);
      const saved = !response && form.querySelector("[data-saved]");
      if (saved) saved.remove();
    });
    form.addEventListener("click", function (event) {
      const aside = event.target.matches("[data-take]") && event.target.closest("[data-aside]");
      if (!aside) return;
      fill([field.value, aside.querySelector("[data-aside-text]").textContent].filter(Boolean).join("\n\n"));
      field.focus();
    });
    form.addEventListener("change", function (event) {
      if (event.target.name !== "kind" || form.elements.kind.value === kind) return;
      save(form, kind, field.value);
      const before = field.value;
      kind = form.elements.kind.value;
      words(form, kind);
      const text = load(form, kind) || other || "";
      other = before;
      form.elements.base.value = "0";
      fill(text);
    });
    form.addEventListener("recado:sent", function () {
      save(form, kind, "");
      const kept = form.querySelector("#kept");
      if (kept) kept.remove();
      const base = form.elements.base;
      base.value = "0";
      base.parentNode.replaceChildren(base);
    });
    // Choosing with the pointer goes on to the text; arrow keys between the radios stay there.
    for (const mode of form.querySelectorAll("label.mode")) {
      mode.addEventListener("click", () => setTimeout(() => field.focus()));
    }
  });

  // After a merger or its end the box holds what the server keeps for it, unless something stands in it that the server has
  // not: words, files, people, an error, a note, an answer to one message, or what is just being sent.
  function isOwn(form) {
    const { value: text, defaultValue } = form.querySelector(".write");
    const kept = recado.memory.get(name(form, "reply")) || "";
    const known = text === "" || (text === defaultValue && !kept) || kept.replace(/^\d+/, "") === SAVED + "|" + text;
    const files = form.elements.files && form.elements.files.files.length > 0;
    const changed = "#audience[open], #audience[data-changed], #audience[hx-get*='answer='], [name=kept]:not(:checked), #composer-error";
    const busy = form.dataset.retry || form.getAttribute("aria-busy") === "true";
    return !known || files || busy || form.elements.kind.value !== "reply" || form.querySelector(changed) !== null;
  }

  function staying(event) {
    const form = event.detail.ctx.sourceElement.matches("[data-rejoin]") && document.querySelector("form.composer");
    return form && isOwn(form);
  }
  document.addEventListener("htmx:before:request", (event) => staying(event) && event.preventDefault());
  document.addEventListener("htmx:before:swap", (event) => staying(event) && event.detail.tasks.splice(0));
  prune();
})();
