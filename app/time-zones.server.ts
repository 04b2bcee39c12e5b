/** Every zone there is to choose from, with the ones already in use. */
export function timeZones(...inUse: (string | null)[]): string[] {
  const given = inUse.filter((zone) => zone !== null && zone !== '') as string[];
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...given])];
}
