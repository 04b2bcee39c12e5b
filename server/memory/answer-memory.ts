import type { ServerResponse } from 'node:http';
import { AppError } from '../errors.ts';
import { answerMemory, type MemoryBudget, type MemoryReservation } from './memory-budget.ts';

/** The size of the pieces handed to the socket one by one, which shows how fast the reader is. */
const PIECE_BYTES = 65_536;

export interface AnswerMemory {
  /**
   * Reserves memory for a part of this answer, on top of earlier reservations. Holds it until the
   * answer has been read, or its reader has gone.
   *
   * @param bytes the most it can be
   * @throws {AppError} `unavailable` when none became free for a long time.
   */
  reserve(bytes: number): Promise<{ shrinkTo(bytes: number): void }>;
  /** Sends the answer in pieces if anything was reserved for it. */
  inPieces(answer: Response): Response;
}

/**
 * Limits the memory of all answers of a process together, as `hold-body.ts` does for bodies. A slow
 * reader's answer is ended when others wait.
 *
 * @param copies how often an answer holds its content while it is made: decrypted, as text, as JSON
 */
export function createAnswerMemory(
  outgoing: ServerResponse,
  copies: number,
  budget: MemoryBudget = answerMemory,
): AnswerMemory {
  const before = outgoing.socket?.bytesWritten ?? 0;
  const isGone = () => outgoing.closed || outgoing.destroyed;
  const taken = () => {
    const { socket } = outgoing;
    // Before the answer begins, only the server can be slow.
    if (!outgoing.headersSent || !socket) return null;
    return socket.bytesWritten - socket.writableLength - before;
  };
  let reserved = false;
  /** The bytes this answer holds by now, and its reservation. */
  let total = 0;
  let latest: MemoryReservation | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function reserveMore(bytes: number): Promise<{ shrinkTo(bytes: number): void }> {
    const evict = () => void outgoing.destroy();
    // Never wait while holding memory: answers would deadlock.
    latest?.shrinkTo(0);
    const before = total;
    const held = await budget.hold({ bytes: before + bytes * copies, arrived: taken, evict, isGone });
    if (!held || isGone()) {
      held?.release();
      throw new AppError(
        'unavailable',
        'Lots of photos are being opened right now. Please try again in a minute.',
        { retryAfterS: 30 },
      );
    }
    reserved = true;
    latest = held;
    total = before + bytes * copies;
    outgoing.once('close', held.release);
    return {
      shrinkTo(needed) {
        total = Math.min(total, before + needed * copies);
        held.shrinkTo(total);
      },
    };
  }

  return {
    reserve(bytes) {
      const more = last.then(() => reserveMore(bytes));
      last = more.catch(() => undefined);
      return more;
    },
    inPieces(answer) {
      if (!reserved || !answer.body) return answer;
      return new Response(answer.body.pipeThrough(cutIntoPieces()), answer);
    },
  };
}

function cutIntoPieces(): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      for (let at = 0; at < chunk.byteLength; at += PIECE_BYTES)
        controller.enqueue(chunk.subarray(at, at + PIECE_BYTES));
    },
  });
}
