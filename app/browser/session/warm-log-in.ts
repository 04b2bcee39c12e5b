/**
 * Loads what a login needs while its form is being filled in: on a slow network, one part after the
 * other would take seconds after the button was pressed.
 */
export function warmLogIn(): void {
  const parts = [
    import('../keys/argon2.ts').then(({ warmArgon2 }) => warmArgon2()),
    import('./log-in.ts'),
    import('./check-kdf.ts'),
    import('../browser-api.ts'),
    import('#core/schemas/accounts.ts'),
    import('#core/accounts/prove-to-server.ts'),
    import('#core/accounts/sealed-account.ts'),
  ];
  // The login itself says what couldn't be loaded.
  for (const part of parts) part.catch(() => undefined);
}
