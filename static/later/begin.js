/*
 * Ctrl or Cmd with Enter sends a new conversation, as in an answer box. Markup: form#begin-form. Comes with the form.
 */
(function () {
  "use strict";
  window.recado.once("#begin-form", function (form) {
    form.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      form.requestSubmit();
    });
  });
})();
