// The phone's service worker. It keeps the shell (pages without anybody's data) and its files.
// It never keeps an API answer, a page of the office, or anything about a parcel. Pages that need the
// net (start and end of a round, money) are answered with a page that says so when there is none.
"use strict";
const FILES = ["__FILES__"];
// The camera's module: big, so it is kept only once somebody has used it.
const READER = ["__READER__"].concat("/m/reader.js");
const VERSION = "__VERSION__";
const CACHE = `courier-${VERSION}`;
const NO_NET = "/m/offline/";
const SHELL = [NO_NET, "/m/today/", "/m/scan/", "/m/queue/", "/m/me/", "/m/pickup/-/", "/m/deliver/-/", "/m/failed/-/", "/m/exception/-/", "/m/inspect/", "/m/inspect/-/"];
// A kept page opens within a second whatever the net does.
const PATIENCE = 700;
SHELL.push("/m/incident/");

// Every parcel's page is the same shell; its data is in the phone's own store.
function shellOf(path) {
  const one = path.match(/^\/m\/(pickup|deliver|failed|exception|inspect)\/[^/]+\/$/);
  return one ? `/m/${one[1]}/-/` : path;
}

async function keepShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  await keepPages(cache);
}

async function keepPages(cache) {
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
  const answer = await Promise.race([usable, slow]);
  return answer === kept ? marked(kept) : answer;
}

// A kept page says that it is one: what it shows is no sign of a connection.
async function marked(kept) {
  const text = await kept.text();
  const { status, headers } = kept;
  return new Response(text.replace("<html ", '<html data-kept="yes" '), { status, headers });
}

async function elsewhere(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(NO_NET);
    if (!kept) throw error;
    return marked(kept);
  }
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

// A page asks for it in a language or as a person the kept pages do not know yet.
self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(caches.open(CACHE).then(keepPages));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const path = shellOf(url.pathname);
  if (request.method !== "GET") {
    if (request.mode === "navigate" && path.startsWith("/m/")) event.respondWith(elsewhere(request));
  } else if (request.mode === "navigate") event.respondWith(SHELL.includes(path) ? page(request, path) : elsewhere(request));
  else if (FILES.includes(url.pathname)) event.respondWith(file(request));
  else if (READER.includes(url.pathname)) event.respondWith(keptOnUse(request));
});
