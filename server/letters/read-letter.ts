import type { LetterView, ReadableLetter } from '#core/letters/letter-view.ts';
import * as core from '#core/letters/read-letter.ts';
import { wiping } from '#core/wiping.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { orBusy, pinKeeper } from '../friends/pinned-keys.ts';
import { openPaintedStamp } from '../stamps/read-stamp.ts';
import { viewLetter } from './view-letter.ts';

/**
 * One letter for its reader, opened in memory for this request. The receiver's first reading is recorded, once.
 *
 * @throws {AppError} `not-found` for anybody but its two friends.
 */
export async function readLetter(deps: Deps, actor: Actor, letterId: string): Promise<ReadableLetter> {
  const view = await viewLetter(deps, actor, letterId);
  const { letter, opened } = await orBusy(async () =>
    core.readLetter(await actor.keys(), letterId, await withGoodStamp(deps, actor, view), {
      ...pinKeeper(deps, actor),
      markRead: async (id, heading) => {
        const now = deps.now();
        return (await deps.stores.letters.markRead(id, actor.userId, now, heading)) ? now : null;
      },
    }),
  );
  if (letter.seal === 'damaged') deps.log.error('letter does not authenticate', { letterId });
  return opened ? wiping(opened.key, () => letter) : letter;
}

/** The address of a stamp that does not open is not put on the page. */
async function withGoodStamp(deps: Deps, actor: Actor, view: LetterView): Promise<LetterView> {
  if (!view.stampPainted) return view;
  return { ...view, stampPainted: (await openPaintedStamp(deps, actor, view.letter.letterId)) !== null };
}
