import type { LoadContext } from './api.server.ts';
import type { Reading } from './form-body.server.ts';

export interface Room {
  /**
   * Passed to whatever reads the body: only while it is being read is its speed known, and only then may it be ended.
   */
  watch(reading: Reading): void;
  /** To be called when nothing of the body is needed any more. */
  release(): void;
}

/**
 * Waits until a body fits into the memory of the process. Null when there was no room for a long time, or the sender has gone.
 *
 * @param copies of it that are held at once, as bytes and as text
 */
export async function reserveMemory(
  request: Request,
  maxBytes: number,
  hold: LoadContext['reserveMemoryFor'],
  kind: Parameters<LoadContext['reserveMemoryFor']>[0],
  copies = 1,
): Promise<Room | null> {
  let reading: Reading | null = null;
  const announced = Number(request.headers.get('Content-Length') ?? maxBytes);
  const held = await hold(kind, {
    bytes: copies * Math.min(announced, maxBytes),
    arrived: () => (reading ? reading.arrived() : 0),
    evict: () => reading?.end(),
    isGone: () => request.signal.aborted,
  });
  if (!held) return null;
  return {
    release: held.release,
    watch(begun) {
      reading = begun;
    },
  };
}
