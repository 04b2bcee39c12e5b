/**
 * Suite 1: AES-256-GCM, HKDF-SHA256, Argon2id, HPKE Auth (Base for painted stamps) over DHKEM(X25519,
 * HKDF-SHA256).
 * The first byte of every stored blob; a change of any algorithm, label or encoding below is a new suite.
 */
export const SUITE = 1;
