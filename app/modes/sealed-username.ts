/** Whose sealed session it is; null where the server holds the keys, or nobody is logged in. */
export function sealedUsername(
  me: { mode: 'sealed' | 'assisted'; username: string } | null | undefined,
): string | null {
  return me?.mode === 'sealed' ? me.username : null;
}
