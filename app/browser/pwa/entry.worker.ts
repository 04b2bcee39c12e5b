import { mayKeep, routeRequest } from './route-request.ts';
import type { FetchEvent, WorkerScope } from './worker-scope.ts';

const worker = self as unknown as WorkerScope;
const offlinePage = '/offline.html';
const cachePrefix = 'bff-shell-';

// Both are injected by the build (vite.config.ts).
const shellFiles: string[] = JSON.parse(process.env.SHELL_FILES ?? '[]');
const cacheName = `${cachePrefix}${process.env.SHELL_VERSION}`;
const shell = new Set(shellFiles);

worker.addEventListener('install', (event) => {
  // A copy in the HTTP cache may be older than this worker.
  const files = shellFiles.map((path) => new Request(path, { cache: 'reload' }));
  const kept = caches.open(cacheName).then((cache) => cache.addAll(files));
  // Safe for pages of the previous version: this worker caches nothing they rely on.
  event.waitUntil(kept.then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([deleteOldCaches(), worker.registration.navigationPreload?.enable()]));
});

worker.addEventListener('fetch', (event) => {
  const way = routeRequest(event.request, worker.location.origin, shell);
  if (way === 'shell') event.respondWith(fromCacheFirst(event));
  else if (way === 'page') event.respondWith(fromNetworkOnly(event));
});

async function fromCacheFirst(event: FetchEvent): Promise<Response> {
  // A browser may refuse storage or have none left. Use the network alone then.
  const kept = await caches.match(event.request, { cacheName }).catch(() => undefined);
  if (kept) return kept;
  const response = await fetch(event.request);
  if (mayKeep(response)) event.waitUntil(keep(event.request, response.clone()).catch(() => undefined));
  return response;
}

async function keep(request: Request, response: Response): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.put(request, response);
}

async function fromNetworkOnly(event: FetchEvent): Promise<Response> {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(offlinePage, { cacheName })) ?? Response.error();
  }
}

async function deleteOldCaches(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(cachePrefix) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}
