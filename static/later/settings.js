/*
 * The settings' menu is a page of its own on a phone. Where menu and page stand side by side, its address leads to the
 * first page.
 * Comes with it. Markup: [data-menu-page] around .menu with its links.
 */
(function () {
  "use strict";
  const first = document.querySelector("[data-menu-page] .menu a");
  if (first && !window.recado.narrow()) location.replace(first.href);
})();
