/*
 * The list that opens while one types in the answer box: "/" brings saved replies, "@" in a note people and teams.
 * Markup: form.composer with .write and ul#suggest[role=listbox][hidden][data-from][data-none][data-failed]; [data-sign]
 * types the sign. The server filters and fills: li[role=option][data-text] is written, a[download] in it goes along.
 * Comes with the first answer box.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const WAIT_MS = 100;

  recado.once("#suggest", function (list) {
    const form = list.closest("form");
    const field = form.querySelector(".write");
    let timer = 0;
    let asked = 0;
    let barren = null; // what brought nothing: more letters bring nothing either
    let pending = false; // asked, and no answer yet
    let eager = false; // Enter came before the answer
    let settled = -1; // where something was chosen or the list was closed
    let put = null; // the sign that a button wrote, and where

    const options = () => [...list.querySelectorAll("[role=option]")];
    const chosen = () => list.querySelector("[aria-selected=true]");

    function mark(option) {
      for (const one of options()) one.setAttribute("aria-selected", String(one === option));
      if (!option) return field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    function close() {
      asked++;
      clearTimeout(timer);
      pending = eager = false;
      list.hidden = true;
      mark(null);
    }

    /** A sign that a button wrote goes with the list, if nothing was typed behind it. */
    function takeBack() {
      const alone = put && field.selectionStart === put.from + put.sign.length && (typed() || {}).word === "";
      if (alone) field.setRangeText("", put.from, field.selectionStart, "end");
      put = null;
    }

    /** The sign before the caret, and the word behind it. */
    function typed() {
      const before = field.value.slice(0, field.selectionStart);
      const note = form.elements.kind.value === "note";
      const found = /(?:^|\s)(\/)(\S{0,30})$/.exec(before) || (note && /(?:^|[^\p{L}\p{N}@])(@)([^@\n]{0,40})$/u.exec(before));
      return found && { sign: found[1], word: found[2], from: before.length - found[2].length - 1 };
    }

    const brings = (what) => !barren || barren.sign !== what.sign || barren.from !== what.from || !what.word.startsWith(barren.word);

    function say(text) {
      document.getElementById("announcer").textContent = text;
      const line = document.createElement("li");
      line.className = "hint pop-hint";
      line.textContent = text;
      list.replaceChildren(line);
      list.hidden = false;
    }

    async function look(wanted) {
      const what = typed();
      if (!what || what.from === settled || !brings(what)) return close();
      const mine = ++asked;
      const place = what.sign === "@" ? "people" : "replies";
      const answer = await fetch(list.dataset.from + place + "?q=" + encodeURIComponent(what.word), { headers: recado.headers() }).catch(() => null);
      const text = answer && answer.ok ? await answer.text() : "";
      if (mine !== asked) return;
      const waited = eager;
      pending = eager = false;
      list.innerHTML = text;
      barren = options().length === 0 && answer ? what : null;
      if (!answer || !answer.ok) return wanted ? say(list.dataset.failed) : close();
      if (barren) return wanted ? say(list.dataset.none) : close();
      list.hidden = false;
      mark(options()[0]);
      if (waited) choose(options()[0]);
    }

    /** Files that go along are chosen as if by hand. */
    async function bring(links) {
      const box = new DataTransfer();
      for (const link of links) {
        const answer = await fetch(link.href).catch(() => null);
        if (!answer || !answer.ok) return say(list.dataset.failed);
        box.items.add(new File([await answer.blob()], link.download, { type: link.type }));
      }
      form.elements.files.files = box.files;
      form.elements.files.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function choose(option) {
      const what = typed();
      const links = [...option.querySelectorAll("a")];
      if (!what) return close();
      field.setRangeText(option.dataset.text, what.from, field.selectionStart, "end");
      settled = what.from;
      close();
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      if (links.length) bring(links);
    }

    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.addEventListener("input", function () {
      const what = typed();
      if (!what || (what.from === settled && what.word === "")) settled = -1;
      clearTimeout(timer);
      pending = Boolean(what && what.word && what.from !== settled && brings(what));
      timer = setTimeout(look, WAIT_MS);
    });
    field.addEventListener("blur", function () {
      takeBack();
      close();
    });
    form.addEventListener("recado:sent", () => (settled = -1));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", function (event) {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
    form.addEventListener("keydown", function (event) {
      if (event.target !== field || event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const all = options();
      const at = all.indexOf(chosen());
      // Faster than the list: a code is not sent, and what is chosen is what was typed.
      if (pending && !eager && event.key === "Enter") eager = true;
      else if (list.hidden) return;
      else if (event.key === "ArrowDown") mark(all[(at + 1) % all.length]);
      else if (event.key === "ArrowUp") mark(all[(at + all.length - 1) % all.length]);
      else if (event.key === "Escape") {
        takeBack();
        settled = (typed() || { from: -1 }).from;
        close();
      } else if ((event.key === "Enter" || event.key === "Tab") && chosen()) choose(chosen());
      else return;
      event.preventDefault();
      event.stopPropagation();
    }, true);
    for (const opener of form.querySelectorAll("[data-sign]")) {
      opener.hidden = false;
      opener.addEventListener("click", function (event) {
        event.preventDefault();
        const before = field.value.slice(0, field.selectionStart);
        field.focus();
        put = { from: before.length, sign: (/(^|\s)$/.test(before) ? "" : " ") + opener.dataset.sign };
        field.setRangeText(put.sign, put.from, field.selectionEnd, "end");
        settled = -1;
        barren = null;
        look(true);
      });
    }
    // What was typed before this came.
    if (document.activeElement === field && typed()) look();
  });
})();
