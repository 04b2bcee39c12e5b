/**
 * The app's only import of cryptography. Import it lazily (`await import`): no page needs it to
 * render.
 */
// biome-ignore lint/style/noRestrictedImports: this is the one module
export * from '#core/crypto/index.ts';
