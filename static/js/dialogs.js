/*
 * Native dialogs and small menus.
 * Markup: [data-dialog="ID"] opens dialog#ID, [data-close] inside closes, focus goes to the first field and returns
 * to the opener; a form inside that htmx sent well closes it, unless it says data-stay. details.menu-pop closes on Esc, outside clicks and use.
 * details[data-remember="name"] stays as it was left on this device.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const openers = new WeakMap();

  recado.openDialog = function (id, opener) {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    openers.set(dialog, opener || document.activeElement);
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute("open", "");
    const field = dialog.querySelector("[autofocus], input:not([type=hidden]), textarea, select");
    if (field) field.focus();
  };

  function close(dialog) {
    if (dialog.close) dialog.close();
    else {
      dialog.removeAttribute("open");
      back(dialog);
    }
  }

  function back(dialog) {
    const opener = openers.get(dialog);
    if (opener && opener.isConnected) opener.focus();
  }

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu-pop[open]")) if (menu !== except) menu.open = false;
  }

  recado.once("dialog", (dialog) => dialog.addEventListener("close", () => back(dialog)));

  document.addEventListener("click", function (event) {
    const opener = event.target.closest("[data-dialog]");
    if (opener && document.getElementById(opener.dataset.dialog)) {
      event.preventDefault();
      recado.openDialog(opener.dataset.dialog, opener);
    }
    const closer = event.target.closest("[data-close]");
    if (closer && closer.closest("dialog")) close(closer.closest("dialog"));
    closeMenus(event.target.closest("details.menu-pop"));
  });

  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && document.querySelector("details.menu-pop[open]");
    if (!menu) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  }, true);

  document.addEventListener("htmx:finally:request", function (event) {
    const context = event.detail.ctx;
    const source = context.sourceElement;
    const good = context.response && context.response.status < 300;
    const dialog = source && source.closest("dialog[open]");
    if (good && dialog && !source.matches("[data-stay]")) close(dialog);
    if (good && source && source.closest("details.menu-pop")) closeMenus(null);
  });

  recado.once("details[data-remember]", function (details) {
    const key = "open:" + details.dataset.remember;
    const kept = recado.memory.get(key);
    if (kept) details.open = kept === "yes";
    details.addEventListener("toggle", () => recado.memory.set(key, details.open ? "yes" : "no"));
  });
})();
