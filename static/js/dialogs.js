/*
 * Native dialogs and small menus.
 * Markup: [data-dialog="ID"] opens dialog#ID, [data-close] inside closes, focus goes to the first field and returns
 * to the opener; a form inside that htmx sent well closes it, unless it says data-stay. dialog[data-fresh] opens by
 * itself when htmx brings it; dialog[data-discard="question"] asks before what was changed in it is lost.
 * details.menu-pop closes on Esc, outside clicks and use; the arrows walk through it, [autofocus] in it gets the focus.
 * Focus that a swap took away goes to what is left of its place, never to nowhere.
 * details[data-remember="name"] stays as it was left on this device.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const openers = new WeakMap();
  const filled = new WeakMap();

  recado.openDialog = function (id, opener) {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    openers.set(dialog, opener || document.activeElement);
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute("open", "");
    const field = dialog.querySelector("[autofocus], input:not([type=hidden]), textarea, select");
    if (field) field.focus();
  };

  /** What the fields of a dialog hold. */
  function held(dialog) {
    return [...dialog.querySelectorAll("form:not([data-stay])")].map((form) => new URLSearchParams(new FormData(form))).join();
  }

  /** Whether a dialog may close: a person who changed something in it is asked. */
  function mayLeave(dialog) {
    const before = filled.get(dialog);
    return before === undefined || before === held(dialog) || confirm(dialog.dataset.discard);
  }

  function close(dialog) {
    if (dialog.close) dialog.close();
    else {
      dialog.removeAttribute("open");
      back(dialog);
    }
  }

  function back(dialog) {
    const opener = openers.get(dialog);
    const menu = opener && opener.closest("details.menu-pop:not([open])");
    const target = menu ? menu.querySelector("summary") : opener;
    if (target && target.isConnected) target.focus();
    near();
  }

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu-pop[open]")) if (menu !== except) menu.open = false;
  }

  recado.once("dialog", function (dialog) {
    dialog.addEventListener("close", () => back(dialog));
    dialog.addEventListener("cancel", (event) => { if (!mayLeave(dialog)) event.preventDefault(); });
  });

  // A form that came back refused is not what it was at first: everything in it would be lost.
  let opener = null;
  recado.once("dialog[data-fresh]", function (dialog) {
    const refused = dialog.querySelector("[data-errors]");
    // One dialog may lead to another: back to what opened the first.
    const active = document.activeElement;
    if (!opener || !opener.isConnected || (!refused && active !== document.body)) opener = active;
    recado.openDialog(dialog.id, opener);
    filled.set(dialog, refused ? "" : held(dialog));
    if (refused) refused.focus();
  });

  document.addEventListener("click", function (event) {
    const opener = event.target.closest("[data-dialog]");
    if (opener && document.getElementById(opener.dataset.dialog)) {
      event.preventDefault();
      recado.openDialog(opener.dataset.dialog, opener);
    }
    const closer = event.target.closest("[data-close]");
    const left = closer && closer.closest("dialog");
    if (left) {
      event.preventDefault();
      if (mayLeave(left)) close(left);
    }
    closeMenus(opener ? null : event.target.closest("details.menu-pop"));
  });

  document.addEventListener("keydown", function (event) {
    const menu = document.querySelector("details.menu-pop[open]");
    if (!menu || !["Escape", "ArrowDown", "ArrowUp"].includes(event.key)) return;
    const active = document.activeElement;
    if (event.key !== "Escape" && (!menu.contains(active) || active.matches("input, select, textarea"))) return;
    event.preventDefault();
    if (event.key === "Escape") menu.open = false;
    const all = [...menu.querySelectorAll("summary, a[href], button")].filter((one) => one.getClientRects().length > 0);
    const to = event.key === "Escape" ? 0 : all.indexOf(active) + (event.key === "ArrowDown" ? 1 : -1);
    all[Math.min(Math.max(to, 0), all.length - 1)].focus();
  }, true);

  // A menu with a field to fill in begins there; one of the last message is not left below the edge.
  document.addEventListener("toggle", function (event) {
    const low = event.target.matches(".mail-menu[open]") && event.target.lastElementChild;
    if (low) low.scrollIntoView({ block: "nearest" });
    const field = event.target.matches("details.menu-pop[open]") && event.target.querySelector("[autofocus]");
    if (field) field.focus();
  }, true);

  // What was used may be gone when the answer is there.
  const used = new WeakMap();
  document.addEventListener("htmx:before:request", function (event) {
    const { ctx } = event.detail;
    const menu = ctx.sourceElement && ctx.sourceElement.closest("details.menu-pop[open]");
    if (menu) used.set(ctx, menu);
  });

  document.addEventListener("htmx:finally:request", function (event) {
    const context = event.detail.ctx;
    const source = context.sourceElement;
    const good = context.response && context.response.status < 300;
    const dialog = source && source.closest("dialog[open]");
    if (good && dialog && source.closest("form:not([data-stay])")) close(dialog);
    if (!good || !used.has(context)) return;
    closeMenus(null);
    const menu = used.get(context);
    if (menu.isConnected && (menu.contains(document.activeElement) || alone())) menu.querySelector("summary").focus();
  });

  // What had the focus was replaced: in a dialog on to its first field, else to what is left of the place it was in.
  const alone = () => document.activeElement === document.body;
  let place = [];
  document.addEventListener("htmx:before:swap", function () {
    place = [];
    for (let at = document.activeElement; at && at !== document.body; at = at.parentElement) if (at.id) place.push(at.id);
  });

  function near() {
    if (!alone()) return;
    const left = place.map((id) => document.querySelector("#" + id + " > summary") || document.getElementById(id));
    const there = document.querySelector("dialog[open] [autofocus]") || left.find((one) => one && one.tabIndex >= 0);
    const target = there || (place.length > 0 && document.querySelector(place.includes("bulk-told") ? "#list a.row" : "#talk"));
    if (target) target.focus({ preventScroll: true });
  }
  document.addEventListener("htmx:after:swap", near);

  recado.once("details[data-remember]", function (details) {
    const key = "open:" + details.dataset.remember;
    const kept = recado.memory.get(key);
    if (kept) details.open = kept === "yes";
    details.addEventListener("toggle", () => recado.memory.set(key, details.open ? "yes" : "no"));
  });
})();
