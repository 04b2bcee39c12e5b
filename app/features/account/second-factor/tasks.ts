import type { AppClient } from '#app/http/api.server.ts';

export type FactorSettings = Awaited<ReturnType<AppClient['secondFactor']['settings']['query']>>;

/** What the pages of two-factor log-in do; each has an address of its own: `?do=…`. */
const taskNames = ['app', 'confirm', 'no-app', 'codes', 'passkey', 'rename-passkey', 'no-passkey'] as const;
export type TaskName = (typeof taskNames)[number];

/** A task, and the passkey it is about. */
export interface Task {
  name: TaskName;
  passkey: FactorSettings['passkeys'][number] | null;
}

/** What an address asks for, or null when that cannot be done with what is set up: an old link, say. */
export function taskOf(params: URLSearchParams, settings: FactorSettings): Task | null {
  const name = taskNames.find((known) => known === params.get('do'));
  if (!name) return null;
  const passkey = settings.passkeys.find(({ id }) => id === params.get('id')) ?? null;
  const possible: Record<TaskName, boolean> = {
    app: true,
    confirm: true,
    'no-app': settings.app !== null,
    codes: settings.on,
    passkey: settings.passkeysAvailable,
    'rename-passkey': passkey !== null,
    'no-passkey': passkey !== null,
  };
  return possible[name] ? { name, passkey } : null;
}

export const twoFactorPath = '/settings/two-factor';

/** What is said on the page after a task. */
export const said: Record<string, string> = {
  confirm: 'Your app is set up. From now on, we’ll ask for its code when you log in.',
  cancelled: 'Cancelled. Nothing has changed.',
  'no-app': 'App removed.',
  passkey: 'Passkey added.',
  'rename-passkey': 'Passkey renamed.',
  'no-passkey': 'Passkey removed.',
};
