/*
 * Notices on the screen while a page is open, by the tab that holds the live stream; a conversation in front of somebody
 * counts as looked at.
 * Markup: #bell[data-unread="ids"] (live block), #work[data-conversation]; [data-when-blocked][hidden] is shown where the
 * browser refuses notices. Where this device is told while no page is open (memory "push:ID"), the worker shows them all;
 * its subscription belongs to a session, so a new one is told of it.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const PATIENCE_MS = 1500; // what is read at once needs no notice
  if (recado.viewer() === "0") return;
  if (navigator.serviceWorker) navigator.serviceWorker.register("/worker.js").catch(() => {});

  const granted = () => window.Notification && Notification.permission === "granted";
  const pushed = "push:" + recado.viewer();
  let after = null;
  let waiting = null;

  /** Whether this device is told while no page is open; sets it when a value is given. */
  recado.pushed = function (on) {
    if (on === true) recado.memory.set(pushed, "on");
    if (on === false) recado.memory.remove(pushed);
    return recado.memory.get(pushed) === "on";
  };

  /** Tells the server where this device is told. */
  recado.subscribe = async function (subscription) {
    const { endpoint, keys } = subscription.toJSON();
    const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
    const answer = await fetch("/notifications/devices", { method: "POST", headers: recado.headers(), body });
    recado.pushed(answer.ok);
    if (!answer.ok) throw new Error("refused");
    sessionStorage.setItem("recado:" + pushed, "told");
  };

  async function renew() {
    if (!recado.pushed() || sessionStorage.getItem("recado:" + pushed)) return;
    const worker = await navigator.serviceWorker.ready;
    const found = await worker.pushManager.getSubscription();
    if (found) await recado.subscribe(found);
    else recado.pushed(false);
  }

  /** Shows one notice; also for the page of this device. */
  recado.notify = async function (notice) {
    const worker = await navigator.serviceWorker.ready;
    await worker.showNotification(notice.title, { body: notice.text, tag: notice.tag, data: notice.link });
  };

  async function look() {
    if (!granted() || recado.pushed() || !recado.live || !recado.live.streaming()) return;
    const answer = await fetch("/notifications/fresh" + (after === null ? "" : "?after=" + after), { headers: recado.headers() });
    if (!answer.ok) return;
    const found = await answer.json();
    after = found.newest;
    found.fresh.forEach(recado.notify);
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(() => look().catch(() => {}), PATIENCE_MS);
  }

  function lookedAt() {
    const bell = document.getElementById("bell");
    const work = document.getElementById("work");
    const id = work && work.dataset.conversation;
    if (!bell || !id || document.visibilityState !== "visible") return;
    if (!(bell.dataset.unread || "").split(" ").includes(id)) return;
    fetch("/notifications/" + id + "/read", { method: "POST", headers: recado.headers() }).catch(() => {});
  }

  recado.once("[data-when-blocked]", function (hint) {
    hint.hidden = !(window.Notification && Notification.permission === "denied");
  });
  renew().catch(() => {});
  recado.on("bell", soon);
  recado.on("connected", soon);
  document.addEventListener("htmx:after:swap", lookedAt);
  document.addEventListener("visibilitychange", lookedAt);
})();
