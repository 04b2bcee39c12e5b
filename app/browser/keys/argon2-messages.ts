import type { Bytes } from '#core/bytes.ts';
import type { Argon2id } from './crypto.ts';

/** What the Argon2 worker is asked, once in its life. */
export type Argon2Request = Parameters<Argon2id>[0];

/** What it answers: the derived key, or why there is none. */
export type Argon2Answer = { derived: Bytes } | { failed: string };
