import type { HttpBindings } from '@hono/node-server';

export type App = {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    secureHeadersNonce?: string;
    /** The hash of a page's inline style, for its Content-Security-Policy. */
    styleHash?: `'sha256-${string}'`;
  };
};
