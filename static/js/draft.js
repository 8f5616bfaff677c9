/*
 * Drafts of the answer box: each conversation and kind (reply, note) has its own, kept in this browser for the
 * person signed in, so that a text never changes sides. Also the words that depend on the kind.
 * Markup: form.composer[data-conversation], radios name=kind, textarea.write[data-reply][data-note] (placeholder),
 * label[for][data-reply][data-note].
 */
(function () {
  "use strict";
  const recado = window.recado;
  const KEPT_MS = 30 * 24 * 3600 * 1000;

  function name(form, kind) {
    return ["draft", recado.viewer(), form.dataset.conversation, kind].join(":");
  }

  function load(form, kind) {
    const kept = recado.memory.get(name(form, kind));
    return kept ? kept.slice(kept.indexOf("|") + 1) : "";
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
    let kind = form.elements.kind.value;

    function fill(text) {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    words(form, kind);
    // A text that the server sends back (after a refusal) is newer than the draft.
    if (field.value === "") fill(load(form, kind));
    field.addEventListener("input", () => save(form, kind, field.value));
    form.addEventListener("change", function (event) {
      if (event.target.name !== "kind" || form.elements.kind.value === kind) return;
      save(form, kind, field.value);
      kind = form.elements.kind.value;
      words(form, kind);
      fill(load(form, kind));
    });
    form.addEventListener("recado:sent", () => save(form, kind, ""));
    // Choosing with the pointer goes on to the text; arrow keys between the radios stay there.
    for (const mode of form.querySelectorAll("label.mode")) {
      mode.addEventListener("click", () => setTimeout(() => field.focus()));
    }
  });
  prune();
})();
