import { refuseX25519 } from './refuse-x25519.ts';

// biome-ignore lint/security/noGlobalEval: text of our own, the same that browsers are given.
globalThis.eval(refuseX25519);
