/** The only door of the app to cryptography. Load it late (`await import`): no page needs it before it is there. */
export * from '#core/crypto/index.ts';
