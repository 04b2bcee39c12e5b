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

/** Memory of the decoding process before it decodes anything, in bytes. */
const PROCESS_BYTES = 95_000_000;
/** The most that preparing one photo may take: an AVIF of 12 megapixels, as phones make them. */
const DECODE_BYTES = 250_000_000;

/** More than most photos take; such a photo gets a process of its own. */
const LARGE_BYTES = 100_000_000;

export interface PhotoProcessor {
  /**
   * Turns an uploaded file into the two pictures that are sealed and stored. Refuses a file by its
   * structure before decoding it; decodes the rest in a process that is killed when it exceeds its
   * limits.
   *
   * @param charge gets the processor time used, ms, also for a photo that is refused in the end
   * @throws {AppError} `invalid-input` or `too-large` with a sentence for the user, `unavailable`
   *   when too many photos are waiting.
   */
  processPhoto(bytes: Bytes, charge?: (cpuMs: number) => void): Promise<PreparedPhoto>;
  close(): void;
}

interface PhotoProcessorOptions extends Partial<DecoderBounds> {
  /** How many photos may wait; eight full letters by default. */
  maxWaiting?: number;
  decodeBytes?: number;
  /**
   * Runs work that takes many bytes while little else of the installation uses memory; runs it at
   * once by default.
   */
  alone?: <T>(takes: number, work: () => Promise<T>) => Promise<T>;
  log?: Pick<Logger, 'error'>;
}

/** Creates a server's only photo processor, which handles one photo at a time. */
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

/** Turns core's refusals into errors for the server's callers. */
function refusing<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof PhotoRefused) throw new AppError(error.code, error.message);
    throw error;
  }
}
