import type { ServerResponse } from 'node:http';
import { AppError } from '../errors.ts';
import { answerMemory, type MemoryBudget, type MemoryReservation } from './memory-budget.ts';

/** Handed to the socket one after the other, so that it is seen how fast an answer is taken. */
const PIECE_BYTES = 65_536;

export interface AnswerMemory {
  /**
   * Waits for memory for something that will be part of this answer, beside what is reserved for it already. It is held
   * until the answer has been taken, or its reader has gone.
   *
   * @param bytes as many as it can be
   * @throws {AppError} `unavailable` when there was none for a long time.
   */
  reserve(bytes: number): Promise<{ shrinkTo(bytes: number): void }>;
  /** The answer, in pieces if anything was reserved for it. */
  inPieces(answer: Response): Response;
}

/**
 * Bounds what all answers of a process hold together, as `held-bytes.ts` does for what is sent to it. A reader who takes
 * an answer slowly gives way to others.
 *
 * @param copies of the reserved bytes that the answer is made through: opened, as text, as JSON
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
    // Until it has begun, nobody but the server is slow.
    if (!outgoing.headersSent || !socket) return null;
    return socket.bytesWritten - socket.writableLength - before;
  };
  let reserved = false;
  /** What this answer holds by now, and the reservation it holds it by. */
  let total = 0;
  let latest: MemoryReservation | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function reserveMore(bytes: number): Promise<{ shrinkTo(bytes: number): void }> {
    const evict = () => void outgoing.destroy();
    // It never waits for more while it holds some: answers would wait for each other.
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
