/*
 * Single keys: an element with data-key="x" is clicked by that key (a field is focused, a radio of the composer is
 * chosen and its text focused); data-key="g c" means g, then c. `?` opens dialog#keys. Esc goes back from the details.
 * Off with body[data-keys=off], in fields, with modifiers and while a dialog is open.
 * What the keyboard reaches comes wholly into view; browsers leave it cut at the edge of a strip.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const SEQUENCE_MS = 1500;
  const FIELDS = "textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox]):not([type=button]):not([type=submit])";
  let first = "";
  let timer = null;

  recado.keys = {
    allowed(event) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
      if (document.body.dataset.keys === "off" || document.querySelector("dialog[open]")) return false;
      return !(event.target.closest && event.target.closest(FIELDS));
    },
  };

  function keyed() {
    return [...document.querySelectorAll("[data-key]")].filter((element) => !element.disabled);
  }

  /** The one on show; else one in a closed menu, which has no box but works. */
  function find(keys) {
    const all = keyed().filter((element) => element.dataset.key === keys);
    return all.find((element) => element.getClientRects().length > 0) || all.find((element) => element.closest("details:not([open])"));
  }

  function use(element) {
    if (element.matches("input[type=radio]")) {
      element.click();
      const text = element.form && element.form.querySelector(".write");
      if (text) text.focus();
    } else if (element.matches(FIELDS)) {
      element.focus();
      if (element.select) element.select();
    } else {
      // The arrows go on from there through what it opens.
      if (element.matches("summary")) element.focus();
      element.click();
    }
  }
  recado.keys.use = use;

  function escape() {
    if (document.body.dataset.show !== "side") return find("Escape");
    return [...document.querySelectorAll("#side a[data-pane]")].find((link) => link.getClientRects().length > 0);
  }

  document.addEventListener("keydown", function (event) {
    if (!recado.keys.allowed(event)) return;
    const key = event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key;
    const keys = first ? first + " " + key : key;
    clearTimeout(timer);
    first = "";
    if (keys === "?") {
      event.preventDefault();
      recado.openDialog("keys");
      return;
    }
    const element = keys === "Escape" ? escape() : find(keys);
    if (element) {
      event.preventDefault();
      use(element);
      return;
    }
    if (!keyed().some((other) => other.dataset.key.startsWith(key + " "))) return;
    first = key;
    timer = setTimeout(() => (first = ""), SEQUENCE_MS);
  });

  document.addEventListener("focusin", function (event) {
    if (!event.target.matches("a:focus-visible, button:focus-visible, summary:focus-visible")) return;
    event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // The frame of a mail takes the focus without a word to the page, which only loses it.
  const JUST_MS = 200;
  let tabbed = -JUST_MS;
  document.addEventListener("keydown", (event) => event.key === "Tab" && (tabbed = event.timeStamp), true);
  window.addEventListener("blur", function (event) {
    const frame = document.activeElement;
    if (event.timeStamp - tabbed < JUST_MS && frame && frame.matches("iframe")) frame.scrollIntoView({ block: "nearest" });
  });
})();
