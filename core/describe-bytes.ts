/** Writes a size for users: `5 GB`, `1.2 GB`, `340 MB`, `0 MB`. 1 GB is 1,000,000,000 bytes. */
export function describeBytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${Math.round(bytes / 1e8) / 10} GB`;
}
