import { loadServiceWorker } from '@remix-pwa/sw';
import { trustedScriptUrl } from '../trusted-script-url.ts';

export function registerWorker(): void {
  const serviceWorkerUrl = trustedScriptUrl('/entry.worker.js');
  const register = () => loadServiceWorker({ type: 'module', serviceWorkerUrl });
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}
