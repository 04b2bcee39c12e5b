/*
 * The part of a service worker's global scope that is used here. TypeScript's own declarations (lib "webworker") cannot
 * stand beside those of a page (lib "dom") in one program.
 */

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
  /** The navigation, begun by the browser while the worker was starting; undefined when it did not. */
  readonly preloadResponse: Promise<Response | undefined>;
}

export interface WorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}
