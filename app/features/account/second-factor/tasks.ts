import type { AppClient } from '#app/http/api.server.ts';

export type FactorSettings = Awaited<ReturnType<AppClient['secondFactor']['settings']['query']>>;

/** The tasks of the two-step login pages; each has its own address, `?do=…`. */
const taskNames = ['app', 'confirm', 'no-app', 'codes', 'passkey', 'rename-passkey', 'no-passkey'] as const;
export type TaskName = (typeof taskNames)[number];

export interface Task {
  name: TaskName;
  passkey: FactorSettings['passkeys'][number] | null;
}

/**
 * Reads the task from the address; null when it isn't possible with the current setup, as with an
 * old link.
 */
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

export const messages: Record<string, string> = {
  confirm: 'Your app is set up. From now on, we’ll ask for its code when you log in.',
  cancelled: 'Cancelled. Nothing has changed.',
  'no-app': 'App removed.',
  passkey: 'Passkey added.',
  'rename-passkey': 'Passkey renamed.',
  'no-passkey': 'Passkey removed.',
};
