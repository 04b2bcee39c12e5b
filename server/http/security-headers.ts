import type { MiddlewareHandler } from 'hono';
import { NONCE, secureHeaders } from 'hono/secure-headers';
import { DAY, inSeconds } from '#core/durations.ts';
import type { App } from './app.ts';

interface Setting {
  secure: boolean;
  /** Loosens the style and connection policy for the development server's live reload. */
  development: boolean;
}

export function securityHeaders({ secure, development }: Setting): MiddlewareHandler<App> {
  const forAll = secureHeaders({
    contentSecurityPolicy: pagePolicy(development),
    permissionsPolicy: Object.fromEntries(unusedFeatures.map((feature) => [feature, []])),
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    strictTransportSecurity: secure ? `max-age=${inSeconds(365 * DAY)}; includeSubDomains` : false,
  });
  return async (c, next) => {
    await forAll(c, next);
    const [policy, hash] = [c.res.headers.get('Content-Security-Policy'), c.get('styleHash')];
    if (policy && hash)
      c.header('Content-Security-Policy', policy.replace(/style-src [^;]+/, `style-src ${hash}`));
    if (/^\/assets\/[^/]+\.js$/.test(c.req.path)) c.header('Content-Security-Policy', scriptPolicy);
  };
}

const pagePolicy = (development: boolean) => ({
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'", NONCE],
  styleSrc: development ? ["'self'", "'unsafe-inline'"] : ["'self'"],
  imgSrc: ["'self'", 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: development ? ["'self'", 'ws:'] : ["'self'"],
  manifestSrc: ["'self'"],
  workerSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
  // No text becomes markup or code (app/browser/trusted-script-url.ts names the workers), except in
  // the development server's page.
  ...(development ? {} : { requireTrustedTypesFor: ["'script'"], trustedTypes: ['bff-scripts'] }),
});

/**
 * The policy of our own script files. It applies where a file runs as a worker, which gets its
 * policy from its own answer, not from its page (CSP 3, 3.3). The password's Argon2 is WebAssembly,
 * and compiled only there.
 */
const scriptPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const unusedFeatures = [
  'accelerometer',
  'browsingTopics',
  'camera',
  'displayCapture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
] as const;
