import { loadServiceWorker } from '@remix-pwa/sw';

/** Installs the service worker, after the page has everything it needs itself. */
export function registerWorker(): void {
  const register = () => loadServiceWorker({ type: 'module' });
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}
