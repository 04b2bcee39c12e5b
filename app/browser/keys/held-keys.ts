import type { Identity, MasterKey } from './crypto.ts';

/** The logged-in user's keys, as this browser stores them: usable here, but not extractable. */
export interface HeldKeys {
  userId: string;
  username: string;
  epoch: number;
  masterKey: MasterKey;
  identity: Identity;
}
