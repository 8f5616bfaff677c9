/*
 * Files of the answer box: chosen, pasted or dropped files gather as chips that can be taken away one by one.
 * Markup: form.composer[data-remove="… {name}"] with input[type=file][name=files][multiple] and ul[data-chips][hidden].
 */
(function () {
  "use strict";
  const recado = window.recado;

  function size(bytes) {
    if (bytes < 1000) return bytes + " bytes";
    if (bytes < 999500) return Math.round(bytes / 1000) + " KB";
    return recado.number(bytes / 1e6, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) + " MB";
  }

  function icon(name) {
    const source = document.querySelector(".composer use");
    const sprite = source ? source.getAttribute("href").split("#")[0] : "";
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", sprite + "#i-" + name);
    svg.setAttribute("class", "i i-s");
    svg.setAttribute("aria-hidden", "true");
    svg.append(use);
    return svg;
  }

  function chip(form, file, remove) {
    const item = document.createElement("li");
    const text = document.createElement("span");
    const bytes = document.createElement("small");
    const button = document.createElement("button");
    item.className = "file";
    bytes.textContent = size(file.size);
    text.append(file.name, bytes);
    button.type = "button";
    button.className = "btn btn-quiet btn-icon";
    button.setAttribute("aria-label", recado.fill(form.dataset.remove, { name: file.name }));
    button.append(icon("x"));
    button.addEventListener("click", remove);
    item.append(icon("paperclip"), text, button);
    return item;
  }

  let refused = null; // the files of a box that comes back with what is wrong
  document.addEventListener("htmx:before:swap", function (event) {
    const { sourceElement, response } = event.detail.ctx;
    if (!sourceElement.matches("form.composer") || !response || response.status !== 422) return;
    refused = { of: sourceElement.dataset.conversation, files: sourceElement.elements.files.files };
  });

  recado.once("form.composer", function (form) {
    const input = form.elements.files;
    const chips = form.querySelector("[data-chips]");
    if (!input || !chips) return;
    let files = [];

    function put(next) {
      files = next;
      const box = new DataTransfer();
      for (const file of files) box.items.add(file);
      input.files = box.files;
      chips.replaceChildren(...files.map((file) => chip(form, file, function () {
        put(files.filter((other) => other !== file));
        form.querySelector(".write").focus();
      })));
      chips.hidden = files.length === 0;
    }

    const add = (list) => put(files.concat([...list]));
    const carries = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    input.addEventListener("change", () => add(input.files));
    form.addEventListener("paste", function (event) {
      if (!event.clipboardData || event.clipboardData.files.length === 0) return;
      event.preventDefault();
      add(event.clipboardData.files);
    });
    form.addEventListener("dragover", function (event) {
      if (!carries(event)) return;
      event.preventDefault();
      form.classList.add("dropping");
    });
    form.addEventListener("dragleave", () => form.classList.remove("dropping"));
    form.addEventListener("drop", function (event) {
      form.classList.remove("dropping");
      if (!carries(event)) return;
      event.preventDefault();
      add(event.dataTransfer.files);
    });
    form.addEventListener("recado:sent", () => put([]));
    if (refused && refused.of === form.dataset.conversation) add(refused.files);
    refused = null;
  });
})();
