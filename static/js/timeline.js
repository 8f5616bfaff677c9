/*
 * The conversation's scroll: it starts at the first unread or the end, follows new messages only when the reader is
 * at the end, else counts them in a pill; older history comes in above without moving what is read.
 * Markup: .talk#talk (scrolls) holds a#older, #timeline (live block of articles .msg with ids, maybe #first-unread;
 * data-at is the id of the one to start at) and the pill #below[hidden] with data-one / data-other.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const NEAR_END_PX = 80;
  const NEAR_TOP_PX = 200;
  let stick = true;
  let before = null; // ids before a merge
  let anchor = null; // distance from the end before older messages come
  let unseen = 0;

  const talkOf = () => document.getElementById("talk");
  const timelineOf = () => document.getElementById("timeline");
  const messages = () => [...timelineOf().querySelectorAll(".msg")];

  function atEnd(talk) {
    return talk.scrollHeight - talk.scrollTop - talk.clientHeight < NEAR_END_PX;
  }

  function toEnd(talk) {
    talk.scrollTop = talk.scrollHeight;
  }

  function setUnseen(n) {
    unseen = n;
    const pill = document.getElementById("below");
    if (pill) recado.count(pill, n);
  }

  /** The message that was asked for stays in the middle until the reader moves, whatever grows above it. */
  function startAt(talk, message) {
    const show = () => message.scrollIntoView({ block: "center" });
    const sizes = new ResizeObserver(show);
    const leave = () => sizes.disconnect();
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      talk.addEventListener(kind, leave, { once: true, passive: true });
    }
    sizes.observe(timelineOf());
    show();
    stick = false;
    message.classList.add("arrived");
  }

  function start(talk) {
    const asked = document.getElementById(timelineOf().dataset.at);
    const unread = document.getElementById("first-unread");
    toEnd(talk);
    stick = true;
    setUnseen(0);
    if (asked) return startAt(talk, asked);
    if (unread && unread.getBoundingClientRect().top < talk.getBoundingClientRect().top) {
      talk.scrollTop += unread.getBoundingClientRect().top - talk.getBoundingClientRect().top - 16;
      stick = atEnd(talk);
    }
  }

  recado.once("#talk", function (talk) {
    if (!timelineOf()) return;
    start(talk);
    let last = talk.scrollTop;
    talk.addEventListener("scroll", function () {
      stick = atEnd(talk);
      if (stick && unseen) setUnseen(0);
      const up = talk.scrollTop < last;
      last = talk.scrollTop;
      const older = document.getElementById("older");
      if (up && older && talk.scrollTop < NEAR_TOP_PX && !older.dataset.asked) {
        older.dataset.asked = "yes";
        older.click();
      }
    }, { passive: true });
    // Frames and pictures grow after the page came; who was at the end stays there.
    const sizes = new ResizeObserver(() => stick && toEnd(talk));
    sizes.observe(talk);
    sizes.observe(timelineOf());
  });

  recado.once("#below", function (pill) {
    pill.addEventListener("click", function () {
      const talk = talkOf();
      talk.scrollTo({ top: talk.scrollHeight, behavior: recado.still() ? "auto" : "smooth" });
      setUnseen(0);
      talk.focus({ preventScroll: true });
    });
  });

  document.addEventListener("htmx:before:swap", function (event) {
    const { ctx, tasks } = event.detail;
    const talk = talkOf();
    if (!talk) return;
    if (ctx.sourceElement && ctx.sourceElement.id === "older") anchor = talk.scrollHeight - talk.scrollTop;
    const main = tasks.find((task) => task.type === "main");
    const target = main && (typeof main.target === "string" ? document.querySelector(main.target) : main.target);
    if (target && target === timelineOf()) before = new Set(messages().map((message) => message.id));
  });

  document.addEventListener("htmx:after:swap", function () {
    const talk = talkOf();
    if (!talk) return;
    if (anchor !== null) {
      talk.scrollTop = talk.scrollHeight - anchor;
      anchor = null;
    }
    if (!before) return;
    const fresh = messages().filter((message) => !before.has(message.id));
    before = null;
    if (fresh.length === 0) return;
    for (const message of fresh) if (!message.matches(".msg-out, .msg-note")) message.classList.add("arrived");
    if (stick) toEnd(talk);
    else setUnseen(unseen + fresh.length);
  });

  // A look at what came meanwhile, and on with writing. What lies further back than the page goes is opened there.
  document.addEventListener("htmx:before:request", function (event) {
    const link = event.detail.ctx.sourceElement;
    if (!link.matches("#passed a")) return;
    const message = document.querySelector(link.hash);
    if (message) {
      message.scrollIntoView({ block: "nearest" });
      document.getElementById("write").focus({ preventScroll: true });
    } else {
      event.preventDefault();
      location.assign(link.href);
    }
  });

  // What one sends oneself is always followed.
  document.addEventListener("recado:sent", function () {
    stick = true;
    setUnseen(0);
    if (talkOf()) toEnd(talkOf());
  });
})();
