/*
 * Who gets the answer: the sentence says what is ticked and typed; what somebody changed is not replaced by an update.
 * Markup: details#audience[data-to][data-one][data-many][data-none] with [data-sentence], checkboxes and fields named
 * to, cc, bcc.
 */
(function () {
  "use strict";
  const recado = window.recado;

  function chosen(block, name) {
    const typed = (field) => field.value.split(/[,;]/).map((text) => text.trim()).filter(Boolean);
    return [...block.querySelectorAll('[name="' + name + '"]')].flatMap(function (field) {
      if (field.type !== "checkbox") return typed(field);
      return field.checked ? [field.dataset.address || field.value] : [];
    });
  }

  function say(block) {
    const to = chosen(block, "to");
    const n = chosen(block, "cc").length + chosen(block, "bcc").length;
    const text = to.length + n === 0 ? block.dataset.none : [block.dataset.to, block.dataset.one][n] || block.dataset.many;
    block.querySelector("[data-sentence]").textContent = recado.fill(text, { to: to.join(", "), n: recado.number(n) });
  }

  document.addEventListener("input", function (event) {
    const block = event.target.closest && event.target.closest("#audience");
    if (!block) return;
    block.dataset.changed = "yes";
    say(block);
  });

  // Enter in a field of addresses ends that address; it does not send.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.matches("#audience .rcpt-add") && !event.ctrlKey) event.preventDefault();
  });

  document.addEventListener("htmx:before:request", function (event) {
    const source = event.detail.ctx && event.detail.ctx.sourceElement;
    if (source && source.id === "audience" && (source.open || source.dataset.changed)) event.preventDefault();
  });
})();
