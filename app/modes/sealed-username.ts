/**
 * Returns the user of a sealed session; null where the server holds the keys, or without a user.
 */
export function sealedUsername(
  me: { mode: 'sealed' | 'assisted'; username: string } | null | undefined,
): string | null {
  return me?.mode === 'sealed' ? me.username : null;
}
