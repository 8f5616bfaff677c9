/*
 * Toasts leave after 8 s, but never while pointed at or focused. After a refused form the focus goes to its summary.
 * Markup: #toasts > .toast; [data-errors][tabindex="-1"] with links to the fields.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const SHOWN_MS = 8000;

  function leave(toast) {
    let timer = null;
    const start = function () {
      clearTimeout(timer);
      timer = setTimeout(() => toast.remove(), SHOWN_MS);
    };
    const stop = () => clearTimeout(timer);
    for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stop);
    for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
    start();
  }

  recado.once("#toasts > .toast", leave);

  // "Undo" and the like are used once.
  document.addEventListener("htmx:finally:request", function (event) {
    const { sourceElement, response } = event.detail.ctx;
    const toast = sourceElement && sourceElement.closest(".toast");
    if (toast && response && response.status < 300) toast.remove();
  });

  function summary(root) {
    const errors = root.querySelector("[data-errors]");
    if (errors) errors.focus();
  }

  document.addEventListener("htmx:after:swap", function (event) {
    const { response } = event.detail.ctx;
    if (response && response.status === 422) summary(document.querySelector("dialog[open]") || document);
  });
  summary(document);

  document.addEventListener("click", function (event) {
    const link = event.target.closest('[data-errors] a[href^="#"]');
    const field = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
})();
