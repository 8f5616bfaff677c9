/*
 * The service worker: a page for when there is no network, notices while no page is open. It keeps GIVEN.kept and that
 * page, and nothing of anybody. GIVEN (what to keep, icon, badge, offline) is put in front of this file by the server.
 */
"use strict";
const NAME = "recado " + GIVEN.kept.join(" ");

self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(GIVEN.kept.concat(GIVEN.offline))));
  self.skipWaiting();
});

self.addEventListener("activate", function (event) {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", function (event) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(GIVEN.offline)));
  } else if (GIVEN.kept.includes(url.pathname)) {
    event.respondWith(caches.match(request).then((found) => found || fetch(request)));
  }
});

/** Whether somebody has exactly that page in front of them. */
async function isSeen(link) {
  const pages = await self.clients.matchAll({ type: "window" });
  return pages.some((page) => page.focused && new URL(page.url).pathname === link);
}

self.addEventListener("push", function (event) {
  const notice = event.data ? event.data.json() : {};
  const { title, text, tag, link } = notice;
  if (!title) return;
  const options = { body: text, tag, data: link, icon: GIVEN.icon, badge: GIVEN.badge, renotify: Boolean(tag) };
  event.waitUntil(isSeen(link).then((seen) => (seen ? null : self.registration.showNotification(title, options))));
});

async function open(link) {
  const pages = await self.clients.matchAll({ type: "window" });
  const same = pages.find((page) => new URL(page.url).pathname === link);
  if (same) return same.focus();
  const other = pages.find((page) => "navigate" in page);
  if (other) return (await other.navigate(link)).focus();
  return self.clients.openWindow(link);
}

self.addEventListener("notificationclick", function (event) {
  event.notification.close();
  const link = event.notification.data;
  // Only pages of ours.
  if (typeof link === "string" && /^\/(?!\/)/.test(link)) event.waitUntil(open(link));
});
