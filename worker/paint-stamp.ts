import type { z } from 'zod';
import { isCryptoRefusal, type StampRecipient, sealStamp } from '#core/crypto/index.ts';
import type { StoredLetter } from '#server/letters/letter.store.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import { shrinkPicture } from '#server/stamps/shrink-picture.ts';
import type { letterStamp } from '#server/stamps/stamp.jobs.ts';
import type { StoredIdea } from '#server/stamps/stamp-idea.store.ts';
import { PainterRefused } from '#server/stamps/stamp-painter.ts';
import type { WorkerDeps } from './deps.ts';

type StampDeps = Pick<WorkerDeps, 'stores' | 'painter' | 'serverKeys' | 'log' | 'now'>;

/**
 * Paints a letter's stamp from its idea, seals the picture to both friends and deletes the idea.
 * Running it twice makes one stamp: the first picture stays. If painting fails for good, deletes
 * the idea, and the drawn stamp stays.
 */
export async function paintStamp(
  deps: StampDeps,
  { letterId }: z.infer<typeof letterStamp.payload>,
): Promise<string> {
  const { stampIdeas, stampPictures, letters } = deps.stores;
  const waiting = await stampIdeas.find(letterId);
  if (!waiting) return 'no idea';
  const forget = async (why: string) => {
    await stampIdeas.forget(letterId);
    return why;
  };
  if (await stampPictures.has(letterId)) return forget('painted before');
  const letter = await letters.findById(letterId);
  if (!letter) return forget('gone');
  if (!deps.painter) return forget('no painter here');
  if (waiting.forgetAt <= deps.now()) return forget('too late');
  const recipients = await recipientsOf(deps, letter);
  if (recipients.length === 0) return forget('nobody to see it');

  try {
    const picture = await shrinkPicture(await deps.painter.paint(await openIdea(deps, waiting)));
    const sealed = await sealStamp({ letterId, picture, recipients });
    await stampPictures.insert({ id: letterId, ...sealed, paintedAt: deps.now() });
  } catch (error) {
    if (!(error instanceof PainterRefused)) throw error;
    await stampIdeas.forget(letterId);
    throw new UnrecoverableError(error.message);
  }
  // Painting takes seconds, in which the author may have called the letter back.
  const after = await letters.findById(letterId);
  if (after?.hash !== letter.hash || after.status === 'recalled') {
    await stampPictures.delete(letterId);
    return 'called back';
  }
  await stampIdeas.forget(letterId);
  deps.log.info('stamp painted', { letterId });
  return 'painted';
}

/**
 * The friends who can still open this letter. One who has reset their account without recovery
 * since then cannot.
 */
async function recipientsOf({ stores }: StampDeps, letter: StoredLetter): Promise<StampRecipient[]> {
  const people = await stores.users.findManyByIds([letter.authorId, letter.receiverId]);
  const wanted = [
    { role: 'author', userId: letter.authorId, epoch: letter.authorEpoch },
    { role: 'receiver', userId: letter.receiverId, epoch: letter.receiverEpoch },
  ] as const;
  return wanted.flatMap((reader) => {
    const person = people.find(({ id, keyEpoch }) => id === reader.userId && keyEpoch === reader.epoch);
    return person ? [{ ...reader, publicKey: person.identityPublicKey }] : [];
  });
}

async function openIdea({ serverKeys }: StampDeps, { id, idea }: StoredIdea): Promise<string> {
  try {
    return await serverKeys.openIdea(id, idea);
  } catch (error) {
    if (isCryptoRefusal(error)) throw new PainterRefused('idea-damaged');
    throw error;
  }
}
