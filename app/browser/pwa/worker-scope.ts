/*
 * The parts of a service worker's global scope used here. TypeScript's lib "webworker" conflicts
 * with a page's lib "dom" in one program.
 */

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
  /**
   * The response to a navigation that the browser requested while starting the worker, if it did.
   */
  readonly preloadResponse: Promise<Response | undefined>;
}

export interface WorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}
