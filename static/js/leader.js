/*
 * One stream per browser. The tab that holds the lock "recado-live" opens it and tells the others;
 * a lock of a closed tab is freed by the browser, one of a silent (frozen) tab is taken from it.
 * Over plain http there are no locks: then each visible tab has its own stream, closed while hidden.
 * Works on recado.live (live.js).
 */
(function () {
  "use strict";
  const recado = window.recado;
  const live = recado.live;
  if (!live) return;

  const HIDDEN_MS = 5000;
  const LEADER_SILENT_MS = 70000;
  const LOCK = "recado-live-" + recado.viewer();
  const shared = Boolean(navigator.locks && window.BroadcastChannel);
  const channel = shared ? new BroadcastChannel(LOCK) : null;
  let release = null; // ends our lead
  let waiting = null; // aborts our place in the queue

  function post(kind, detail) {
    if (channel && release) {
      const state = { kind, last: live.last, connected: live.connected, retryAt: live.retryAt };
      channel.postMessage(Object.assign(state, detail));
    }
  }

  function lead() {
    return new Promise(function (resolve) {
      waiting = null;
      release = resolve;
      live.tell = post;
      post("leader");
      live.open();
    });
  }

  function stop() {
    if (waiting) waiting.abort();
    waiting = null;
    if (release) {
      live.close();
      release();
    }
    release = null;
    live.tell = function () {};
  }

  function compete(how) {
    stop();
    const mine = (waiting = new AbortController());
    const options = how === "steal" ? { steal: true } : { signal: mine.signal };
    navigator.locks.request(LOCK, options, lead).catch(function () {
      // Aborted by ourselves, or the lead was taken from us: then stand in line again.
      if (mine.signal.aborted) return;
      stop();
      setTimeout(() => compete("wait"), 1000);
    });
  }

  function heard(event) {
    const message = event.data;
    if (message.kind === "who") {
      post("state");
      return;
    }
    if (release) return;
    live.heard = Date.now();
    if (message.kind === "names") live.deliver(message.names, message.id);
    if (message.last > live.last) {
      // Something was told before this tab listened.
      live.last = message.last;
      recado.fire("refresh");
    }
    if (message.kind !== "leader") live.become(message.connected, message.retryAt);
  }

  function join() {
    live.heard = Date.now();
    if (!shared) {
      if (document.visibilityState === "visible") live.open();
      return;
    }
    compete("wait");
    channel.postMessage({ kind: "who" });
  }

  function leave() {
    if (shared) stop();
    else live.close();
  }

  function retryNow() {
    if (live.connected) recado.fire("refresh");
    else if (release || !shared) live.open();
    else channel.postMessage({ kind: "retry" });
  }

  if (shared) {
    channel.onmessage = function (event) {
      if (event.data.kind === "retry") {
        if (release && !live.connected) live.open();
      } else heard(event);
    };
    setInterval(function () {
      const silent = Date.now() - live.heard > LEADER_SILENT_MS;
      if (!release && silent && document.visibilityState === "visible") {
        live.heard = Date.now();
        compete("steal");
      }
    }, 5000);
  } else {
    let hiding = null;
    document.addEventListener("visibilitychange", function () {
      clearTimeout(hiding);
      if (document.visibilityState === "hidden") hiding = setTimeout(() => live.close(), HIDDEN_MS);
      else if (!live.streaming()) live.open();
    });
  }

  addEventListener("offline", () => live.streaming() && live.lost());
  addEventListener("online", () => (release || !shared) && !live.connected && live.open());
  addEventListener("pagehide", leave);
  document.addEventListener("freeze", leave);
  const back = function () {
    join();
    recado.fire("refresh");
  };
  addEventListener("pageshow", (event) => event.persisted && back());
  document.addEventListener("resume", back);
  recado.on("retry", retryNow);
  document.body.dataset.connected = "no";
  join();
})();
