import { readFile } from 'node:fs/promises';
import { join as joinAccount } from '#server/accounts/join.ts';
import type { Actor } from '#server/actor.ts';
import { createContext } from '#server/context.ts';
import { demoNames, demoPassword as password } from '#server/demo/keep-demo-friends.ts';
import type { Deps } from '#server/deps.ts';
import { saveDraft } from '#server/drafts/save-draft.ts';
import { acceptFriend } from '#server/friends/answer-request.ts';
import { requestFriend } from '#server/friends/request-friend.ts';
import { readLetter } from '#server/letters/read-letter.ts';
import { sendLetter } from '#server/letters/send-letter.ts';
import { logIn } from '#server/log-in/log-in.ts';
import { type DemoLetter, demoLetters } from './demo-letters.ts';

const device = { userAgent: 'Demo' };
const day = 24 * 60 * 60 * 1000;

/**
 * Makes the demo friends of the embedded store, with the services everybody uses. Safe to run at every start, and after
 * one that was cut short: what is there already is left as it is.
 */
export async function seedDemo(deps: Deps): Promise<void> {
  const last = demoLetters.at(-1);
  if (last && (await deps.stores.letters.findById(last.id))) return;
  // Their letters are delivered here, without mails.
  const quiet: Deps = {
    ...deps,
    queue: { ...deps.queue, add: async () => Promise.reject(new Error('seeding')) },
    log: { info() {}, error() {} },
  };
  for (const username of demoNames) await makeAccount(quiet, username);
  const alpha = await actorOf(quiet, 'alpha');
  const beta = await actorOf(quiet, 'beta');
  const betaUser = await deps.stores.users.findById(beta.userId);
  if (betaUser) await requestFriend(quiet, alpha, betaUser.friendCode);
  await acceptFriend(quiet, beta, 'alpha');
  for (const letter of demoLetters) {
    const [author, reader] = letter.from === 'alpha' ? [alpha, beta] : [beta, alpha];
    await exchange(quiet, letter, author, reader);
  }
  for (const actor of [alpha, beta]) await deps.stores.sessions.deleteById(actor.sessionId);
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

async function actorOf(deps: Deps, username: string): Promise<Actor> {
  const result = await logIn(deps, { username, password }, device);
  if (result.outcome !== 'logged-in') throw new Error('demo account cannot log in');
  const facts = { token: result.token, clientAddress: '', userAgent: '', requestId: '' };
  const { actor } = await createContext(deps, facts);
  if (!actor) throw new Error('demo session missing');
  return actor;
}

async function exchange(deps: Deps, letter: DemoLetter, author: Actor, reader: Actor): Promise<void> {
  const at = new Date(deps.now().getTime() - letter.daysAgo * day);
  const then: Deps = { ...deps, now: () => at };
  if (!(await deps.stores.letters.findById(letter.id))) {
    const { id, title, body } = letter;
    if (!(await deps.stores.drafts.find(id, author.userId))) {
      const pictures = letter.photos.map((photo) =>
        readFile(new URL(`./photos/${photo.file}.jpg`, import.meta.url)),
      );
      await saveDraft(then, author, {
        draftId: id,
        version: 0,
        to: reader.username,
        title,
        body,
        captions: {},
        photoOrder: [],
        removePhotoIds: [],
        newPhotos: (await Promise.all(pictures)).map((picture) => new Uint8Array(picture)),
        newPhotoNames: [],
        newCaptions: letter.photos.map((photo) => photo.caption),
      });
    }
    await sendLetter(then, author, {
      letterId: id,
      to: reader.username,
      title,
      body,
      captions: {},
      photoOrder: [],
    });
  }
  const arrived: Deps = { ...deps, now: () => new Date(at.getTime() + 60_000) };
  // The demo friends know of these letters: no notice is due.
  await deps.stores.letters.markDelivered(letter.id, arrived.now());
  if (letter.read) await readLetter(arrived, reader, letter.id);
}
