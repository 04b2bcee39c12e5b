/** Estimates the bytes of a value's content: its texts and its bytes, however deep. */
export function sizeOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce((bytes: number, part) => bytes + sizeOf(part), 16);
}
