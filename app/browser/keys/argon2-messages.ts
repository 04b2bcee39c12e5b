import type { Bytes } from '#core/bytes.ts';
import type { Argon2id } from './crypto.ts';

export type Argon2Request = Parameters<Argon2id>[0];

export type Argon2Answer = { derived: Bytes } | { failed: string };
