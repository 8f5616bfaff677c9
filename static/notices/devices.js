/*
 * The page of this device's notices: which state it is in, turning on, a test.
 * Markup: #this-device[data-key][data-busy][data-failed][data-shown] with [data-when="state"][hidden], [data-turn-on],
 * [data-test], [data-say]; form[data-turn-off] ends it here.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const here = document.getElementById("this-device");
  const on = here.querySelector("[data-turn-on]");
  const test = here.querySelector("[data-test]");
  const say = (text) => { here.querySelector("[data-say]").textContent = text || ""; };

  function show(state) {
    for (const one of here.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== state;
    on.hidden = !["default", "open"].includes(state);
    test.hidden = !["open", "on"].includes(state);
  }

  async function subscription() {
    const worker = await navigator.serviceWorker.ready;
    return worker.pushManager ? worker.pushManager.getSubscription() : null;
  }

  async function state() {
    if (!window.isSecureContext) return "insecure";
    if (!window.Notification || !navigator.serviceWorker) return "unsupported";
    if (Notification.permission !== "granted") return Notification.permission;
    return recado.pushed() && (await subscription()) ? "on" : "open";
  }

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  async function subscribe() {
    const worker = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: bytes(here.dataset.key) };
    const before = await worker.pushManager.getSubscription();
    if (before) await before.unsubscribe(); // it may be for another key
    await recado.subscribe(await worker.pushManager.subscribe(options));
  }

  on.addEventListener("click", async function () {
    say(here.dataset.busy);
    if ((await Notification.requestPermission()) === "granted") {
      try {
        await subscribe();
        location.reload();
        return;
      } catch (_) {
        recado.pushed(false);
        say(here.dataset.failed);
      }
    } else say("");
    show(await state());
  });

  test.addEventListener("click", async function () {
    const answer = await fetch("/notifications/test", { method: "POST", headers: recado.headers() });
    if (answer.status === 409) {
      const { title, text } = test.dataset;
      await recado.notify({ title, text, tag: "test", link: "/notifications/devices" });
    }
    say(here.dataset.shown);
  });

  for (const form of document.querySelectorAll("form[data-turn-off]")) {
    form.addEventListener("submit", function () {
      recado.pushed(false);
      subscription().then((found) => found && found.unsubscribe()).catch(() => {});
    });
  }

  state().then(show);
})();
