/*
 * The app's only way to name a script to the browser under Trusted Types, which
 * server/http/security-headers.ts requires. There is no policy for markup and no `default` policy,
 * so strings that reach `innerHTML` or `eval` are refused.
 */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (path: string) => string },
  ): { createScriptURL: (path: string) => unknown };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * Passes the path of a script from this build to `new Worker`, `SharedWorker` or
 * `serviceWorker.register`. A worker's path comes from `import path from
 * '../x.worker.ts?worker&url'`.
 *
 * @throws TypeError for anything else: another origin, another folder, a query
 */
export function trustedScriptUrl(path: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return ownScript(path);
  policy ??= trustedTypes.createPolicy('bff-scripts', { createScriptURL: ownScript });
  // TypeScript's declarations accept strings only.
  return policy.createScriptURL(path) as string;
}

function ownScript(path: string): string {
  const own = path === '/entry.worker.js' || /^\/assets\/[\w.-]+\.js$/.test(path);
  // The development server serves sources from any folder.
  if (!own && !(import.meta.env.DEV && /^\/(?!\/)/.test(path)))
    throw new TypeError('Not a script of this app.');
  return path;
}
