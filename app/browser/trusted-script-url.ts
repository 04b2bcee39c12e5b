/*
 * The only way of this app to name a script to the browser under Trusted Types (server/http/security-headers.ts requires
 * them). There is no policy for markup and none called `default`: a string that reaches `innerHTML` or `eval` is refused.
 */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (path: string) => string },
  ): { createScriptURL: (path: string) => unknown };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * Passes the path of a script of our own build to `new Worker`, `SharedWorker` or `serviceWorker.register`. A worker's path
 * comes from `import path from '../x.worker.ts?worker&url'`.
 * @throws TypeError for anything else: another origin, another folder, a query.
 */
export function trustedScriptUrl(path: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return ownScript(path);
  policy ??= trustedTypes.createPolicy('bff-scripts', { createScriptURL: ownScript });
  // TypeScript's own declarations take strings only.
  return policy.createScriptURL(path) as string;
}

function ownScript(path: string): string {
  const own = path === '/entry.worker.js' || /^\/assets\/[\w.-]+\.js$/.test(path);
  // The development server serves the sources, from wherever they are.
  if (!own && !(import.meta.env.DEV && /^\/(?!\/)/.test(path)))
    throw new TypeError('Not a script of this app.');
  return path;
}
