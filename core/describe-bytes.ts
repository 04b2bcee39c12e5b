/** A size as people read it: `5 GB`, `1.2 GB`, `340 MB`, `0 MB`. A GB is 1,000,000,000 bytes. */
export function describeBytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${Math.round(bytes / 1e8) / 10} GB`;
}
