import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { listenBeforeRouter } from './browser/claim-history.ts';

// Schemas load late, when a form is checked. To be faster, zod would try `new Function`, which the
// page's CSP refuses and logs. It checks this flag first (zod/v4/core/core.js).
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

listenBeforeRouter();

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});

if (import.meta.env.PROD)
  void import('./browser/pwa/register-worker.ts').then(({ registerWorker }) => registerWorker());
