import { loadServiceWorker } from '@remix-pwa/sw';
import { trustedScriptUrl } from '../trusted-script-url.ts';

/** Installs the service worker, after the page has everything it needs itself. */
export function registerWorker(): void {
  const serviceWorkerUrl = trustedScriptUrl('/entry.worker.js');
  const register = () => loadServiceWorker({ type: 'module', serviceWorkerUrl });
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}
