import { SECOND } from '#core/durations.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';

/** However often it is asked, the database is written to once in this time, ms. */
const GOOD_FOR_MS = SECOND;

/**
 * Whether letters can be taken: the database answers, takes what is written, and belongs to the secret of this process. When
 * that changes, the log says so with the cause.
 */
export function createReadiness(deps: Pick<Deps, 'stores' | 'serverKeys' | 'log'>): () => Promise<boolean> {
  const { stores, serverKeys, log } = deps;
  let wasReady = true;
  let last = { at: Number.NEGATIVE_INFINITY, answer: Promise.resolve(true) };

  const look = async (): Promise<boolean> => {
    try {
      await stores.probes.write(new Date());
      const installation = await stores.installation.find();
      if (installation?.secretVersion !== serverKeys.version) throw new SecretChanged();
      if (!wasReady) log.info('ready again');
      wasReady = true;
    } catch (error) {
      if (wasReady) log.error('not ready', describeError(error));
      wasReady = false;
    }
    return wasReady;
  };
  return () => {
    const now = performance.now();
    if (now - last.at >= GOOD_FOR_MS) last = { at: now, answer: look() };
    return last.answer;
  };
}

/** The secret was rotated while this process ran: it has to be started with the new one. */
class SecretChanged extends Error {
  override readonly name = 'SecretChanged';
}
