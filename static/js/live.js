/*
 * The live stream: names of what changed come in, `recado:<name>` is fired on body, blocks refetch themselves.
 * Markup: <body data-live="/live" data-live-after="EVENT ID">; absent data-live = signed out.
 * Stream: `data:` names separated by spaces, `id:` event id, `event: beat` at least every 25 s.
 * Which tab of the browser opens the stream is decided in leader.js; this file knows one stream and its state.
 * body[data-connected] = yes | no.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const body = document.body;
  const url = body.dataset.live;
  if (!url || !window.EventSource) return;

  const BACK_OFF_S = [1, 2, 5, 10, 30];
  const SILENCE_MS = 60000; // more than two beats missed: the connection is dead without knowing it
  const PATIENCE_MS = 5000; // shorter faults are not worth a word

  let source = null;
  let attempt = 0;
  let retry = null;
  let strip = null;
  let told = false; // the strip was shown for this fault
  let failedAt = 0;

  const live = (recado.live = {
    /** Newest event this tab has heard of. */
    last: Number(body.dataset.liveAfter) || 0,
    heard: Date.now(),
    connected: false,
    /** When the next try comes, for the strip of every tab. */
    retryAt: null,
    /** leader.js puts its broadcast here. */
    tell() {},
  });

  live.deliver = function (names, id) {
    const list = names.split(/\s+/).filter(Boolean);
    // "refresh" may go back: a restored database counts from an older event.
    if (id > live.last || (id && list.includes("refresh"))) live.last = id;
    list.forEach((name) => recado.fire(name));
  };

  /** Takes over the state of the stream, own or told by the leading tab. */
  live.become = function (connected, retryAt) {
    const before = live.connected;
    live.connected = connected;
    live.retryAt = retryAt || null;
    body.dataset.connected = connected ? "yes" : "no";
    if (connected) {
      clearTimeout(strip);
      failedAt = 0;
      recado.connection.back();
      if (!before) recado.fire("connected");
      if (told) recado.fire("refresh");
      told = false;
      return;
    }
    failedAt = failedAt || Date.now();
    clearTimeout(strip);
    strip = setTimeout(function () {
      told = true;
      recado.connection.lost(live.retryAt);
    }, Math.max(0, failedAt + PATIENCE_MS - Date.now()));
  };

  live.open = function () {
    live.close();
    const stream = (source = new EventSource(url + "?after=" + live.last));
    live.heard = Date.now();
    const note = function (work) {
      return function (event) {
        if (stream !== source) return;
        live.heard = Date.now();
        work(event);
      };
    };
    stream.onopen = note(function () {
      attempt = 0;
      live.become(true);
      live.tell("state");
    });
    stream.onmessage = note(function (event) {
      const id = Number(event.lastEventId) || 0;
      live.deliver(event.data, id);
      live.tell("names", { names: event.data, id });
    });
    stream.addEventListener("beat", note(() => live.tell("beat")));
    stream.onerror = function () {
      if (stream !== source) return;
      // Refused, not unreachable: the session may have ended. A small block asks and is sent to the sign-in page.
      if (stream.readyState === EventSource.CLOSED && attempt === 0) recado.fire("counters");
      live.lost();
    };
  };

  /** Closes on purpose: no strip, no retry. */
  live.close = function () {
    clearTimeout(retry);
    if (source) source.close();
    source = null;
  };

  live.lost = function () {
    live.close();
    const seconds = BACK_OFF_S[Math.min(attempt, BACK_OFF_S.length - 1)] * (0.8 + 0.4 * Math.random());
    attempt += 1;
    retry = setTimeout(live.open, seconds * 1000);
    live.become(false, Date.now() + seconds * 1000);
    live.tell("state");
  };

  live.streaming = function () {
    return source !== null;
  };

  setInterval(function () {
    if (source && Date.now() - live.heard > SILENCE_MS) live.lost();
  }, 5000);
})();
