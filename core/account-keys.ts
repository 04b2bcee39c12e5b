import type { Identity, MasterKey } from './crypto/index.ts';

/** An account's unlocked keys: held by a browser, or by the server while it handles a request. */
export interface AccountKeys {
  userId: string;
  /** The key epoch: a reset without recovery starts the next one. */
  epoch: number;
  masterKey: MasterKey;
  identity: Identity;
}
