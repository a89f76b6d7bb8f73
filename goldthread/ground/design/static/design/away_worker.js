// The service worker: it lets everything through, and answers only when the server does not.
//
// A page that cannot be fetched is answered by the page that stands in; a form pressed into nothing by "no content", so that
// the page stays as it was typed, and is told. What it keeps (KEPT, named by ground/design/away.py) knows nobody.

const CACHE = `goldthread-away-${VERSION}`;
const [AWAY] = KEPT;
const HASHED = /\.[0-9a-f]{12}\./;
const NOBODY_ANSWERS = [502, 503, 504];

self.addEventListener("install", (event) => {
  const all = KEPT.map((address) => new Request(address, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(all)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("goldthread-away-") && name !== CACHE);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

// A proxy that stands before a server that is gone answers by itself; the product marks what it answers.
const isOurs = (answer) => answer.headers.has("X-Goldthread") || !NOBODY_ANSWERS.includes(answer.status);

async function page(event) {
  try {
    const answer = await fetch(event.request);
    if (isOurs(answer)) return answer;
  } catch {
    // Nobody there: what follows stands in.
  }
  if (event.request.method === "GET") return (await caches.match(AWAY)) ?? Response.error();
  const pressed = await self.clients.get(event.clientId);
  pressed?.postMessage("not sent");
  return new Response(null, { status: 204 });
}

async function file(request, address) {
  const kept = await caches.match(address);
  if (kept && HASHED.test(address)) return kept;
  return fetch(request).catch(() => kept ?? Response.error());
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url).pathname;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (address !== AWAY && KEPT.includes(address)) event.respondWith(file(event.request, address));
});
