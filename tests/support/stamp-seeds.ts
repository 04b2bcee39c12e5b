import { createHash } from 'node:crypto';

/** The n-th of an endless row of made-up letter hashes. */
export const seedOf = (n: number): string => createHash('sha256').update(`letter ${n}`).digest('hex');
