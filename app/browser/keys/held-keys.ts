import type { Identity, MasterKey } from './crypto.ts';

/** The keys of whoever is logged in, as this browser holds them: usable here, and not to be taken out. */
export interface HeldKeys {
  userId: string;
  username: string;
  epoch: number;
  masterKey: MasterKey;
  identity: Identity;
}
