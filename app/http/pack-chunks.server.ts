/** Large enough to be mapped by itself, and given back to the system with its last reference (scripts/start.js). */
const SLAB_BYTES = 1_048_576;

/**
 * Moves chunks of a body that is kept, one after the other, into a few large pieces of memory. As they come from the network they
 * are of 64 KB or less, and lie in the allocator's heap among what lives on: thousands of them leave it as large as they were
 * together, and full of holes, for as long as the process runs.
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
