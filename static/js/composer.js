/*
 * Sending from the answer box: Enter, one sending at a time, the limit, the wait while the connection is away.
 * Markup: form.composer[data-conversation][data-limit][data-limit-note][data-unit] with input client_id, radios kind,
 * textarea.write, [data-counter], [data-over], [data-waiting], buttons [data-send][data-busy].
 * The form is sent by htmx; fires `recado:sent` on the form after the server took the text.
 */
(function () {
  "use strict";
  const recado = window.recado;
  const RETRY_MS = 5000;
  const COUNTED_FROM = 0.9; // the counter shows from this part of the limit on

  const write = (form) => form.querySelector(".write");
  const busy = (form) => form.getAttribute("aria-busy") === "true";
  /** In the unit of the channel, line ends as one: what the server counts. */
  function length(form) {
    const text = write(form).value.replace(/\r\n?/g, "\n");
    if (form.elements.kind.value === "note" || form.dataset.unit === "characters") return [...text].length;
    return form.dataset.unit === "bytes" ? new TextEncoder().encode(text).length : text.length;
  }
  const limit = (form) => Number((form.elements.kind.value === "note" && form.dataset.limitNote) || form.dataset.limit) || Infinity;

  function grow(field) {
    field.style.height = "auto";
    field.style.height = field.scrollHeight + "px";
  }

  function count(form) {
    const n = length(form);
    const max = limit(form);
    const values = { n: recado.number(n), max: max === Infinity ? "" : recado.number(max) };
    const counter = form.querySelector("[data-counter]");
    const over = form.querySelector("[data-over]");
    if (counter) {
      counter.hidden = n < max * COUNTED_FROM;
      counter.textContent = recado.fill(counter.dataset.text, values);
      counter.classList.toggle("late", n > max);
    }
    if (over && !over.hidden) refuse(form);
  }

  function refuse(form) {
    const over = form.querySelector("[data-over]");
    const values = { n: recado.number(length(form)), max: recado.number(limit(form)) };
    if (!over) return;
    over.textContent = recado.fill(over.dataset.text, values);
    over.hidden = length(form) <= limit(form);
  }

  function setBusy(form, on) {
    if (on) form.setAttribute("aria-busy", "true");
    else form.removeAttribute("aria-busy");
    write(form).readOnly = on;
    for (const button of form.querySelectorAll("[data-send]")) {
      const label = button.querySelector("span") || button;
      if (!button.dataset.label) button.dataset.label = label.textContent;
      label.textContent = on ? button.dataset.busy || button.dataset.label : button.dataset.label;
      if (on) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  }

  function setWaiting(form, on) {
    const line = form.querySelector("[data-waiting]");
    if (line) line.hidden = !on;
    const later = on && form.querySelector("#later");
    if (later) later.open = false;
    clearTimeout(Number(form.dataset.retry));
    delete form.dataset.retry;
    if (on) form.dataset.retry = String(setTimeout(() => again(form), RETRY_MS));
  }

  function send(form) {
    // The button of the chosen kind is the one on show; requestSubmit is missing in Safari 15.
    const button = [...form.querySelectorAll("[data-send]")].find((one) => one.getClientRects().length > 0);
    if (button) button.click();
  }

  const pressed = new WeakMap(); // form -> the button that sent it: an answer for tomorrow stays one for tomorrow

  function again(form) {
    if (!form.isConnected || !form.dataset.retry) return;
    const button = pressed.get(form);
    if (button && form.contains(button)) button.click();
    else send(form);
  }

  function sent(form) {
    const refused = form.querySelector("#composer-error");
    if (refused) refused.remove();
    write(form).value = "";
    form.elements.client_id.value = recado.uuid();
    const later = form.querySelector("#later");
    if (later) later.open = false;
    form.dispatchEvent(new CustomEvent("recado:sent", { bubbles: true }));
    grow(write(form));
    count(form);
  }

  recado.once("form.composer", function (form) {
    const field = write(form);
    field.addEventListener("input", function () {
      grow(field);
      count(form);
      if (!form.dataset.retry) return;
      // The lost request may have arrived: a changed text is another message.
      setWaiting(form, false);
      form.elements.client_id.value = recado.uuid();
    });
    field.addEventListener("keydown", function (event) {
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
      if (event.key === "Escape") {
        event.preventDefault();
        field.blur();
        const talk = document.getElementById("talk");
        if (talk) talk.focus({ preventScroll: true });
      }
      // In the empty box there is nothing to undo but the answer that has just been sent.
      const undo = (event.ctrlKey || event.metaKey) && event.key === "z" && field.value === "" && document.querySelector("#work [data-key=z]");
      if (undo) {
        event.preventDefault();
        undo.click();
      }
      if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
      const always = event.ctrlKey || event.metaKey;
      if (!always && matchMedia("(pointer: coarse)").matches) return;
      event.preventDefault();
      send(form);
    });
    const at = form.querySelector("#send-at");
    if (at) at.addEventListener("keydown", function (event) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      at.nextElementSibling.click();
    });
    grow(field);
    count(form);
  });

  recado.on("connected", function () {
    const form = document.querySelector("form.composer");
    if (form) again(form);
  });

  // Before htmx hears it: listeners on document that capture come first.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.matches("form.composer")) return;
    const kept = form.querySelectorAll("[name=kept]:checked").length;
    const files = kept + (form.elements.files ? form.elements.files.files.length : 0);
    const scope = form.elements.scope; // what goes on to somebody else says enough by itself
    const passes = scope && scope.value === "forward" && form.elements.kind.value === "reply";
    const empty = write(form).value.trim() === "" && files === 0 && !passes;
    const over = length(form) > limit(form);
    if (!busy(form) && !empty && !over) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (over) refuse(form);
    if (!busy(form)) write(form).focus();
  }, true);

  const composerOf = (event) => {
    const source = event.detail.ctx && event.detail.ctx.sourceElement;
    return source && source.matches("form.composer") ? source : null;
  };

  document.addEventListener("htmx:before:request", function (event) {
    const form = composerOf(event);
    if (!form) return;
    pressed.set(form, event.detail.ctx.request.submitter);
    setWaiting(form, false);
    setBusy(form, true);
  });

  document.addEventListener("htmx:finally:request", function (event) {
    const form = composerOf(event);
    if (!form) return;
    const status = event.detail.ctx.response ? event.detail.ctx.response.status : 0;
    setBusy(form, false);
    if (status >= 200 && status < 300) sent(form);
    else if (status === 0 || (status >= 502 && status <= 504)) setWaiting(form, true);
  });
})();
