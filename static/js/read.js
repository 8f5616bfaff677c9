/*
 * Marks the open conversation as read: once the page is visible and its last message is in view.
 * Markup: #timeline[data-last][data-read][data-read-url] inside .talk#talk. POSTs message=<data-last>.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const DWELL_MS = 400;
  const done = new Map(); // read URL -> newest message told
  let timer = null;

  function inView(timeline, talk) {
    const last = [...timeline.querySelectorAll(".msg")].pop();
    if (!last || last.getClientRects().length === 0) return false;
    return last.getBoundingClientRect().top < talk.getBoundingClientRect().bottom - 16;
  }

  async function tell() {
    const timeline = document.getElementById("timeline");
    const talk = document.getElementById("talk");
    if (!timeline || !talk || document.visibilityState !== "visible") return;
    const url = timeline.dataset.readUrl;
    const last = Number(timeline.dataset.last) || 0;
    const read = Math.max(Number(timeline.dataset.read) || 0, done.get(url) || 0);
    if (!url || last <= read || !inView(timeline, talk)) return;
    done.set(url, last);
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: recado.headers(),
        body: new URLSearchParams({ message: String(last) }),
      });
      if (!answer.ok) done.set(url, read);
    } catch (_) {
      done.set(url, read); // asked again at the next scroll, merge or return
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(tell, DWELL_MS);
  }

  recado.once("#talk", function (talk) {
    // It may have been marked unread since it was last open here.
    const timeline = document.getElementById("timeline");
    if (timeline) done.delete(timeline.dataset.readUrl);
    talk.addEventListener("scroll", soon, { passive: true });
    soon();
  });
  document.addEventListener("visibilitychange", soon);
  document.addEventListener("htmx:after:swap", soon);
  recado.on("connected", soon);
})();
