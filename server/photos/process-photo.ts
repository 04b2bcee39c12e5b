import type { Bytes } from '#core/bytes.ts';
import { MINUTE, SECOND } from '#core/durations.ts';
import { inspectPhoto } from '#core/photos/inspect-photo.ts';
import { tooManyPixelsText } from '#core/photos/photo-advice.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import { limits } from '#core/schemas/limits.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { createSemaphore } from '../memory/semaphore.ts';
import { decodeBytesOf } from './decode-cost.ts';
import { createDecoderProcess, type DecoderBounds } from './decoder-process.ts';

/** Memory the decoding process has before it decodes anything, in bytes. */
const PROCESS_BYTES = 95_000_000;
/** The most that preparing one photo may take: an AVIF of 12 megapixels, as phones make them. */
const DECODE_BYTES = 250_000_000;

/** More than most photos take; the process is started anew for one, and ended after it. */
const LARGE_BYTES = 100_000_000;

export interface PhotoProcessor {
  /**
   * Turns an uploaded file into the two pictures that are sealed and kept. What its structure gives away is refused at once; the rest
   * is decoded in a process that is killed when it takes too much.
   *
   * @param charge is told the processor time it took, ms, also of a photo that is refused at last
   * @throws {AppError} `invalid-input` or `too-large` with a sentence for the person, `unavailable` when too many photos
   *   wait already.
   */
  processPhoto(bytes: Bytes, charge?: (cpuMs: number) => void): Promise<PreparedPhoto>;
  /** Ends the process that decodes. */
  close(): void;
}

interface PhotoProcessorOptions extends Partial<DecoderBounds> {
  /** Photos that may wait for their turn; eight full letters unless told. */
  maxWaiting?: number;
  /** Bytes that preparing one photo may take. */
  decodeBytes?: number;
  /** Does the work of a photo that takes as many bytes while little else of the installation takes any; at once unless given. */
  alone?: <T>(takes: number, work: () => Promise<T>) => Promise<T>;
  /** Is told of a decoding process that died. */
  log?: Pick<Logger, 'error'>;
}

/** Makes the one door to photo processing of a server: one photo at a time passes through it. */
export function createPhotoProcessor(options: PhotoProcessorOptions = {}): PhotoProcessor {
  const { maxWaiting = 8 * limits.photos, decodeBytes = DECODE_BYTES, log, ...rest } = options;
  const { alone = (_, work) => work(), ...bounds } = rest;
  const pass = createSemaphore({ capacity: 1, maxWaiting });
  const fully = {
    cpuMs: 20 * SECOND,
    deadlineMs: MINUTE,
    idleMs: 10 * SECOND,
    maxBytes: PROCESS_BYTES + decodeBytes,
  };
  const decoder = createDecoderProcess({ ...fully, ...bounds }, log);

  return {
    async processPhoto(bytes, charge) {
      const photo = refusing(() => inspectPhoto(bytes));
      const takes = decodeBytesOf(photo);
      if (takes > decodeBytes) {
        const maxPixels = (photo.width * photo.height * decodeBytes) / takes;
        throw new AppError('too-large', tooManyPixelsText(photo, maxPixels, photo.format));
      }
      const isLarge = takes > LARGE_BYTES;
      const prepare = () => decoder.prepare(bytes, isLarge);
      const { outcome, cpuMs } = await pass(1, () => (isLarge ? alone(takes, prepare) : prepare()));
      charge?.(cpuMs);
      return refusing(() => {
        if (outcome instanceof PhotoRefused) throw outcome;
        return outcome;
      });
    },
    close: () => decoder.stop(),
  };
}

/** Says to the server's callers what was refused in words of core. */
function refusing<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof PhotoRefused) throw new AppError(error.code, error.message);
    throw error;
  }
}
