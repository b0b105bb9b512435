// The service worker of the engineer's app: the shell from the cache, named by the content of its files. `scripts/worker.mjs`
// writes the list in at the build. Nothing of the API is kept here: that is the page's own business (IndexedDB).

/* global self, caches, clients, FILES, VERSION */
const name = `aftercare-field-${VERSION}`;
const page = '/field/index.html';

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(name);
      // What an earlier version fetched under the same name is the same: names carry the content.
      for (const url of FILES) {
        const known = url === page ? undefined : await caches.match(url);
        if (known) await cache.put(url, known);
        else await cache.add(new Request(url, { cache: url === page ? 'reload' : 'default' }));
      }
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const own = (await caches.keys()).filter((key) => key.startsWith('aftercare-field-'));
      // The version before stays: a page of it that is still open may want a part that it has not loaded yet.
      const old = own.filter((key) => key !== name).slice(0, -1);
      await Promise.all(old.map((key) => caches.delete(key)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') {
    if (url.pathname.startsWith('/field')) event.respondWith(fromCache(page, request));
    return;
  }
  if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg' || url.pathname.startsWith('/field/'))
    event.respondWith(fromCache(url.pathname, request));
});

let opened;

async function fromCache(url, request) {
  // Once per life of the worker: a phone that opens the app asks for every file in the same moment. One that failed is tried again by
  // the next file, and this one asks the network.
  opened ??= caches.open(name).catch(() => {
    opened = undefined;
  });
  const cache = await opened;
  if (!cache) return fetch(request);
  return (await cache.match(url)) ?? (await caches.match(url)) ?? fetch(request);
}
