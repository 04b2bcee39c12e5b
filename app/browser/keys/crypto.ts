/** The only door of the app to cryptography. Load it late (`await import`): no page needs it before it is there. */
// biome-ignore lint/style/noRestrictedImports: this is the one module
export * from '#core/crypto/index.ts';
