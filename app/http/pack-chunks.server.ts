/**
 * Large enough for its own memory mapping, which is returned to the system with its last reference
 * (scripts/start.js).
 */
const SLAB_BYTES = 1_048_576;

/**
 * Packs the chunks of a body that is kept into a few large pieces of memory. Network chunks are at
 * most 64 KB and lie in the allocator's heap among long-lived data. Thousands of them would leave
 * it large and fragmented for as long as the process runs.
 */
export function createPacker(): (chunk: Uint8Array) => Uint8Array {
  let slab = new Uint8Array();
  let used = 0;
  return (chunk) => {
    if (chunk.length >= SLAB_BYTES) return chunk;
    if (used + chunk.length > slab.length) {
      slab = new Uint8Array(SLAB_BYTES);
      used = 0;
    }
    const packed = slab.subarray(used, used + chunk.length);
    packed.set(chunk);
    used += chunk.length;
    return packed;
  };
}
