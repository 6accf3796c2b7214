// The phone's service worker. It keeps the shell (pages without anybody's data) and its files.
// It never keeps an API answer, a page of the office, or anything about a parcel.
"use strict";
const FILES = ["__FILES__"];
// The camera's module: big, so it is kept only once somebody has used it.
const READER = ["__READER__"].concat("/m/reader.js");
const VERSION = "__VERSION__";
const CACHE = `courier-${VERSION}`;
const SHELL = ["/m/today/", "/m/scan/", "/m/queue/", "/m/me/", "/m/pickup/-/", "/m/deliver/-/", "/m/failed/-/", "/m/exception/-/"];
// A kept page opens within a second whatever the net does.
const PATIENCE = 700;

// Every parcel's page is the same shell; its data is in the phone's own store.
function shellOf(path) {
  const one = path.match(/^\/m\/(pickup|deliver|failed|exception)\/[^/]+\/$/);
  return one ? `/m/${one[1]}/-/` : path;
}

async function keepShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  await Promise.all(SHELL.map((path) => fetchShell(cache, path).catch(() => null)));
}

async function fetchShell(cache, path, request = path) {
  const response = await fetch(request);
  // A redirect leads to the sign-in page, which must not be kept as the shell.
  if (response.ok && !response.redirected) await cache.put(path, response.clone());
  return response;
}

// Network first, so that language and version are right; the kept shell when the net is slow or gone.
async function page(request, path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path);
  const fresh = fetchShell(cache, path, request);
  if (!kept) return fresh;
  const slow = new Promise((done) => setTimeout(() => done(kept), PATIENCE));
  const usable = fresh.then((answer) => (answer.status >= 500 ? kept : answer)).catch(() => kept);
  return Promise.race([usable, slow]);
}

async function file(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) || fetch(request);
}

async function keptOnUse(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
}

self.addEventListener("install", (event) => event.waitUntil(keepShell().then(() => self.skipWaiting())));

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("courier-") && name !== CACHE);
  const cleaned = caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name))));
  event.waitUntil(cleaned.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const path = shellOf(url.pathname);
  if (request.mode === "navigate" && SHELL.includes(path)) event.respondWith(page(request, path));
  else if (FILES.includes(url.pathname)) event.respondWith(file(request));
  else if (READER.includes(url.pathname)) event.respondWith(keptOnUse(request));
});
