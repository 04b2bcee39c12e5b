import { readFile } from 'node:fs/promises';
import { type DraftForm, editDraft, freshDraft } from '#core/drafts/edited-draft.ts';
import { loadDraft } from '#core/drafts/load-draft.ts';
import { DAY, MINUTE } from '#core/durations.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import { openLetter } from '#core/letters/open-letter.ts';
import { submitDraft } from '#core/letters/submit-draft.ts';
import { join as joinAccount } from '#server/accounts/join.ts';
import type { Actor } from '#server/actor.ts';
import { type Context, createContext } from '#server/context.ts';
import { demoNames, demoPassword as password } from '#server/demo/keep-demo-friends.ts';
import type { Deps } from '#server/deps.ts';
import { openLocalAccess } from '#server/local-client.ts';
import { logIn } from '#server/log-in/log-in.ts';
import { type DemoLetter, demoLetters } from './demo-letters.ts';

const device = { userAgent: 'Demo' };
type DemoFriend = Context & { actor: Actor };

/**
 * Creates the demo users and their letters in the embedded store, through the ordinary services.
 * Idempotent, so safe to run at every start and after an interrupted one.
 */
export async function seedDemo(deps: Deps): Promise<void> {
  const last = demoLetters.at(-1);
  if (last && (await deps.stores.letters.findById(last.id))) return;
  // Letters are delivered here directly, without mails.
  const quiet: Deps = {
    ...deps,
    queue: { ...deps.queue, add: async () => Promise.reject(new Error('seeding')) },
    log: { info() {}, error() {} },
  };
  for (const username of demoNames) await makeAccount(quiet, username);
  const alpha = await logInAs(quiet, 'alpha');
  const beta = await logInAs(quiet, 'beta');
  await befriend(deps, alpha.actor.userId, beta.actor.userId);
  for (const letter of demoLetters) {
    const [author, reader] = letter.from === 'alpha' ? [alpha, beta] : [beta, alpha];
    await exchange(letter, author, reader);
  }
  for (const { actor } of [alpha, beta]) await deps.stores.sessions.deleteById(actor.sessionId);
}

/** Without emails, and without news in anybody's inbox. */
async function befriend({ stores, now }: Deps, alphaId: string, betaId: string): Promise<void> {
  await stores.friendships.insertRequest({ requestedBy: alphaId, userId: betaId, at: now() });
  await stores.friendships.accept(alphaId, betaId, betaId, now());
  await stores.friendships.markSeen(alphaId, betaId, alphaId);
}

async function makeAccount(deps: Deps, username: string): Promise<void> {
  if (!(await deps.stores.users.findByUsername(username))) {
    const account = { username, email: `${username}@example.test`, password, confirm: password };
    const { token } = await joinAccount(deps, account, device);
    const { actor } = await createContext(deps, { token, clientAddress: '', userAgent: '', requestId: '' });
    if (actor) await deps.stores.sessions.deleteById(actor.sessionId);
  }
  const user = await deps.stores.users.findByUsername(username);
  if (!user) throw new Error('demo account missing');
  if (!user.recoveryConfirmedAt) await deps.stores.users.confirmRecovery(user.id, deps.now());
  if (!user.emailVerifiedAt) await deps.stores.users.markEmailVerified(user.id, deps.now());
}

async function logInAs(deps: Deps, username: string): Promise<DemoFriend> {
  const result = await logIn(deps, { username, password }, device);
  if (result.outcome !== 'logged-in') throw new Error('demo account cannot log in');
  const facts = { token: result.token, clientAddress: '', userAgent: '', requestId: '' };
  const context = await createContext(deps, facts);
  if (!context.actor) throw new Error('demo session missing');
  return { ...context, actor: context.actor };
}

/** Opens a friend's letters with the clock at another moment. */
async function accessAt(friend: DemoFriend, now: Date): Promise<LetterAccess> {
  const access = await openLocalAccess({ ...friend, now: () => now });
  if (!access) throw new Error('demo session without keys');
  return access;
}

async function exchange(letter: DemoLetter, author: DemoFriend, reader: DemoFriend): Promise<void> {
  const { stores, now, photos } = author;
  const { id, title, body } = letter;
  const at = new Date(now().getTime() - letter.daysAgo * DAY);
  if (!(await stores.letters.findById(id))) {
    const access = await accessAt(author, at);
    const stored = await stores.drafts.find(id, author.actor.userId);
    const draft = stored ? await loadDraft(access, id) : null;
    const words = { to: reader.actor.username, title, body, captions: {}, photoOrder: [] };
    const form: DraftForm<URL> = {
      intent: 'send',
      words,
      newPhotos: draft?.content.photos.length
        ? []
        : letter.photos.map(({ file, caption }) => ({
            file: new URL(`./photos/${file}.jpg`, import.meta.url),
            name: file,
            caption,
          })),
      removePhotoIds: [],
    };
    const preparePhoto = async (file: URL) => photos.processPhoto(new Uint8Array(await readFile(file)));
    const uploads = { preparePhoto, retryS: [], uploaded: new Map() };
    const edited = draft ? editDraft(draft, draft) : freshDraft(id);
    const { outcome } = await submitDraft(access, edited, form, uploads);
    if (outcome !== 'sent') throw new Error(`demo letter ${id} was not sent`);
  }
  const arrived = new Date(at.getTime() + MINUTE);
  // The demo users already know of these letters, so no notification is pending.
  await stores.letters.markDelivered(id, arrived);
  if (!letter.read) return;
  const access = await accessAt(reader, arrived);
  await openLetter(access, id, await access.api.letters.get.query({ id }));
}
