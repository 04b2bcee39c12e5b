import type { LoadContext } from './api.server.ts';
import type { Reading } from './form-body.server.ts';

export interface Room {
  /**
   * Passed to the body reader: only while reading can the speed be measured and the upload be
   * ended.
   */
  watch(reading: Reading): void;
  /** Call this when the body is no longer needed. */
  release(): void;
}

/**
 * Waits until a body fits into the process's memory budget. Null when there was no room for a long
 * time, or the client has gone.
 *
 * @param copies held at once, as bytes and as text
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
