import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';

// Schemas are loaded late, where a form is checked. zod would try out `new Function` to be faster, which the page's policy
// refuses, and the console tells; it looks here before (zod/v4/core/core.js).
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

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
