/*
 * The palette: where to go and what to do, by name. Comes with the first Ctrl+K and opens at once.
 * Markup (from /commands): dialog#palette with input[role=combobox], [role=listbox], .places with links by [data-group],
 * [data-here] and [data-anywhere] as the names of what is done to the open conversation and elsewhere. Links of
 * /commands/conversations?q= join below.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const SOON_MS = 150;
  let dialog = null;
  let shown = []; // what can be chosen: { element, use }
  let at = 0;
  let timer = null;
  let asked = 0;

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const field = () => dialog.querySelector("[role=combobox]");
  const box = () => dialog.querySelector("[role=listbox]");

  async function fetched(address) {
    const answer = await fetch(address, { headers: recado.headers() });
    if (!answer.ok || answer.redirected) location.reload();
    return answer.text();
  }

  /** What can be done, by its name: to the open conversation what has a key there, and anywhere what is marked [data-deed]. */
  function deeds() {
    const name = (element) => (element.dataset.name || element.title || element.getAttribute("aria-label") || element.textContent).replace(/\s*\([^()]*\)\s*$/, "").trim();
    const seen = new Set();
    const { here, anywhere } = dialog.querySelector("[data-here]").dataset;
    return [...document.querySelectorAll("#work [data-key], [data-deed]")]
      .filter((element) => !element.disabled && (element.getClientRects().length > 0 || element.closest("details:not([open])")))
      .filter((element) => name(element) && !seen.has(name(element)) && seen.add(name(element)))
      .map((element) => ({ name: name(element), group: element.closest("#work") ? here : anywhere, key: element.dataset.key, use: () => recado.keys.use(element) }));
  }

  function places(root) {
    return [...root.querySelectorAll("a[href]")].map((link) => ({
      name: link.textContent.trim(),
      group: link.closest("[data-group]").dataset.group,
      use: () => location.assign(link.href),
    }));
  }

  function mark(place) {
    at = Math.max(0, Math.min(place, shown.length - 1));
    shown.forEach((one, number) => one.element.setAttribute("aria-selected", String(number === at)));
    const here = shown[at];
    field().setAttribute("aria-activedescendant", here ? here.element.id : "");
    if (here) here.element.scrollIntoView({ block: "nearest" });
  }

  function add(one) {
    const option = document.createElement("div");
    const group = document.createElement("small");
    option.id = "palette-" + shown.length;
    option.setAttribute("role", "option");
    option.append(one.name, group);
    group.textContent = one.key && one.key.length === 1 ? one.group + " · " + one.key : one.group;
    option.addEventListener("click", () => use(one));
    box().append(option);
    shown.push({ element: option, use: one.use, one });
  }

  function use(one) {
    dialog.close();
    one.use();
  }

  function fits(one, words) {
    const text = plain(one.name + " " + one.group);
    return words.every((word) => text.includes(word));
  }

  function look() {
    const typed = field().value.trim();
    const words = plain(typed).split(/\s+/).filter(Boolean);
    shown = [];
    box().replaceChildren();
    for (const one of [...deeds(), ...places(dialog.querySelector(".places"))]) if (fits(one, words)) add(one);
    mark(0);
    tell();
    clearTimeout(timer);
    const number = (asked += 1);
    if (typed.length >= 2 && dialog.dataset.search) timer = setTimeout(() => search(typed, number), SOON_MS);
  }

  async function search(typed, number) {
    const found = document.createElement("div");
    found.innerHTML = await fetched(dialog.dataset.search + "?q=" + encodeURIComponent(typed));
    if (number !== asked) return;
    places(found).forEach(add);
    mark(at);
    tell();
  }

  function tell() {
    const status = dialog.querySelector("[role=status]");
    const { none, one, other } = status.dataset;
    const n = shown.length;
    status.classList.toggle("vh", n > 0);
    status.textContent = n === 0 ? none : recado.fill(n === 1 ? one : other, { n: recado.number(n) });
  }

  function keyed(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Home" && event.ctrlKey) mark(0);
    else if (event.key === "End" && event.ctrlKey) mark(shown.length - 1);
    else if (event.key === "Enter" && shown[at]) use(shown[at].one);
    else return;
    event.preventDefault();
  }

  recado.palette = async function () {
    if (document.querySelector("dialog[open]")) return;
    const opener = document.activeElement;
    const old = document.getElementById("palette");
    if (old) old.remove();
    const fresh = document.createElement("div");
    fresh.innerHTML = await fetched("/commands");
    if (document.querySelector("dialog[open]")) return;
    dialog = fresh.querySelector("#palette");
    document.body.append(dialog);
    dialog.addEventListener("close", () => opener && opener.isConnected && opener.focus());
    field().addEventListener("input", look);
    field().addEventListener("keydown", keyed);
    dialog.showModal();
    field().focus();
    look();
  };

  recado.palette();
})();
