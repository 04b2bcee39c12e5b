import type { Bytes } from '#core/bytes.ts';

export type PasswordProof =
  /** Has the raw account master key, for a session in which the server can open letters. */
  | { mode: 'assisted'; masterKey: Bytes }
  /** The keys are only in the browser. */
  | { mode: 'sealed' };
