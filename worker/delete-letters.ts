import type { Page, PageRequest } from '#server/db/page.ts';
import type { LetterSummary } from '#server/letters/letter.store.ts';
import { deliverLetter } from './deliver-letter.ts';
import type { WorkerDeps } from './deps.ts';

type LetterDeps = Pick<WorkerDeps, 'stores' | 'queue' | 'log' | 'now'>;
type Role = 'author' | 'receiver';

const PAGE = 100;

/**
 * Removes a leaving user from their letters. A letter that the other friend still has stays, sealed
 * to that friend alone. Other letters are deleted with their photos and stamps. Letters that
 * are due are delivered first.
 */
export async function deleteLetters(deps: LetterDeps, userId: string): Promise<void> {
  const { letters } = deps.stores;
  await eachPage(
    (page) => letters.listSent(userId, page),
    async (sent) => {
      for (const { id, status } of sent) {
        if (status === 'queued' || status === 'scheduled') await deliverLetter(deps, { letterId: id });
      }
      await leave(deps, sent, 'author');
    },
  );
  for (const archived of [false, true])
    await eachPage(
      (page) => letters.listInbox(userId, page, archived),
      (received) => leave(deps, received, 'receiver'),
    );
}

async function eachPage<Item>(
  list: (page: PageRequest) => Promise<Page<Item>>,
  visit: (items: Item[]) => Promise<void>,
): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await list({ cursor, limit: PAGE });
    await visit(page.items);
    cursor = page.nextCursor;
  } while (cursor);
}

async function leave({ stores }: LetterDeps, listed: LetterSummary[], role: Role): Promise<void> {
  const otherOf = (letter: LetterSummary) => (role === 'author' ? letter.receiverId : letter.authorId);
  const others = await stores.users.findManyByIds([...new Set(listed.map(otherOf))]);
  const here = new Set(others.map(({ id }) => id));
  for (const letter of listed) {
    const kept = here.has(otherOf(letter)) && (await hasArrived({ stores }, letter));
    if (kept) {
      await stores.letters.forgetMember(letter.id, role);
      await stores.stampPictures.forgetMember(letter.id, role);
    } else {
      await stores.photos.deleteByLetter(letter.id);
      await stores.stampPictures.delete(letter.id);
      await stores.stampIdeas.forget(letter.id);
      await stores.letters.delete(letter.id);
    }
  }
}

/** Whether the receiver has the letter. One that failed or was withheld is only its author's. */
async function hasArrived({ stores }: Pick<LetterDeps, 'stores'>, { id }: LetterSummary): Promise<boolean> {
  const letter = await stores.letters.findById(id);
  return letter?.status === 'delivered' || letter?.status === 'read';
}
