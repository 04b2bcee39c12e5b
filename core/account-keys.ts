import type { Identity, MasterKey } from './crypto/index.ts';

/** A person's keys, wherever they are held: in a browser, or in the server's memory for the length of one request. */
export interface AccountKeys {
  userId: string;
  /** Which of the person's keys these are: it grows when somebody starts afresh. */
  epoch: number;
  masterKey: MasterKey;
  identity: Identity;
}
