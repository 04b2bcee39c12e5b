import { SECOND } from '#core/durations.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';

/** The database is written to at most once in this time, ms, however often readiness is checked. */
const GOOD_FOR_MS = SECOND;

/**
 * Checks whether letters can be accepted: the database answers, accepts writes, and matches this
 * process's secret. Logs every change, with its cause.
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

/** The secret was rotated while this process ran; restart it with the new one. */
class SecretChanged extends Error {
  override readonly name = 'SecretChanged';
}
