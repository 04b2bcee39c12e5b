import type { Bytes } from '#core/bytes.ts';

/** How a person has shown who they are. */
export type PasswordProof =
  /** With the raw account master key, for a session in which the server can open it. */
  | { mode: 'assisted'; masterKey: Bytes }
  /** The keys are in the browser. */
  | { mode: 'sealed' };
