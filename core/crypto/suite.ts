/**
 * Suite 1: AES-256-GCM, HKDF-SHA256, Argon2id, HPKE Auth (Base for painted stamps) over
 * DHKEM(X25519, HKDF-SHA256). It is the first byte of every stored blob. Any change to an
 * algorithm, label or encoding needs a new suite.
 */
export const SUITE = 1;
