/*
 * What only the browser can do: a button that copies a text, one that prints, button[data-print][hidden]. Markup: <button data-copy="ID" data-done="Copied" hidden> copies what #ID shows; it is there
 * only where the browser allows it (not over plain http).
 */
(function () {
  "use strict";
  window.recado.once("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
  window.recado.once("[data-copy]", (button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const text = document.getElementById(button.dataset.copy).innerText.trim();
      navigator.clipboard.writeText(text).then(() => {
        button.textContent = button.dataset.done;
        const toasts = document.getElementById("toasts");
        if (toasts) toasts.insertAdjacentHTML("beforeend", '<div class="vh"></div>');
        if (toasts) toasts.lastChild.textContent = button.dataset.done;
      });
    });
  });
})();
