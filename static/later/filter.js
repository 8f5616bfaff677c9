/*
 * What a folded group of the filter says follows its boxes.
 * Markup: #filter-form[data-or] ("{said}", "{name}") [data-none] ("{value}") with details.group[data-idle], its summary .grow,
 * boxes in labels and maybe a select whose "none" turns them round. Comes with the form.
 */
(function () {
  "use strict";
  const recado = window.recado;

  recado.once("#filter-form", function (form) {
    form.addEventListener("change", function (event) {
      const group = event.target.closest(".group");
      if (!group) return;
      const names = [...group.querySelectorAll("input:checked")].map((box) => box.closest("label").textContent.trim());
      const said = names.reduce((said, name) => (said === null ? name : recado.fill(form.dataset.or, { said, name })), null);
      const turned = group.querySelector("select");
      const none = said !== null && turned && turned.value === "none";
      const text = none ? recado.fill(form.dataset.none, { value: said }) : said;
      group.querySelector("summary .grow").textContent = text === null ? group.dataset.idle : text;
    });
  });
})();
