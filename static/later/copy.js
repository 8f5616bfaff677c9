/*
 * What only the browser can do. Comes with the first button that needs it. Markup: <button data-copy="ID" data-done="Copied"
 * hidden> copies what #ID shows, and is there only where the browser allows it (not over plain http); button[data-print][hidden]
 * prints the page.
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
