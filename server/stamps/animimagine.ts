import type { Bytes } from '#core/bytes.ts';
import { SECOND } from '#core/durations.ts';
import { isLoopback } from '#core/is-loopback.ts';
import { fetchPicture, refusedWith } from './fetch-picture.ts';
import { type Guard, guardedRequest, type LookUpAll } from './guarded-request.ts';
import { PainterRefused, type StampPainter } from './stamp-painter.ts';

interface AnimimagineOptions {
  apiKey: string;
  /** The service's origin, without a path. https, unless it is on this machine. */
  url?: string;
  /** Resolves names; tests inject their own. */
  lookUp?: LookUpAll;
  /** Milliseconds to connect (10,000), and for the whole exchange (30,000). */
  timeouts?: { connect: number; overall: number };
}

const animimagineUrl = 'https://animimagine-ai.p.rapidapi.com';

const ANSWER_BYTES = 100_000;

/**
 * Paints with "AnimImagine AI" on RapidAPI: `POST /generateImage` with a model, a size and the
 * prompt; `imageUrl` in the answer is the picture's address. RapidAPI shows its documentation to
 * subscribers only, so model, size and field names are those that callers in public repositories
 * agree on (docs/decisions/008-painted-stamps.md).
 *
 * The prompt is the idea and nothing else. Only the service gets the key: its redirects are not
 * followed, and the picture is fetched without it.
 */
export function createAnimimagine(options: AnimimagineOptions): StampPainter {
  const { apiKey, lookUp, timeouts = { connect: 10 * SECOND, overall: 30 * SECOND } } = options;
  const base = new URL(options.url ?? animimagineUrl);
  const endpoint = new URL('/generateImage', base);
  const loopbackOrigin = isLoopback(base.hostname.replace(/^\[|\]$/g, '')) ? base.origin : null;

  return {
    async paint(idea) {
      const guard: Guard = {
        loopbackOrigin,
        lookUp,
        connectTimeout: timeouts.connect,
        signal: AbortSignal.timeout(timeouts.overall),
      };
      const { status, body } = await guardedRequest(
        endpoint,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            'x-rapidapi-key': apiKey,
            'x-rapidapi-host': endpoint.host,
          },
          body: JSON.stringify({
            selected_model_id: 'anything-v5',
            selected_model_bsize: '512',
            prompt: idea,
          }),
          maxBytes: ANSWER_BYTES,
        },
        guard,
      );
      if (status !== 200) throw refusedWith('service', status);
      return fetchPicture(imageUrlOf(body), guard);
    },
  };
}

function imageUrlOf(body: Bytes): string {
  let answer: unknown;
  try {
    answer = JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new PainterRefused('odd-answer');
  }
  const url = typeof answer === 'object' && answer !== null && 'imageUrl' in answer ? answer.imageUrl : null;
  if (typeof url !== 'string') throw new PainterRefused('odd-answer');
  return url;
}
