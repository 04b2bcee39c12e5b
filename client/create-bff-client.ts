import type { AccountKeys } from '#core/account-keys.ts';
import { fromBase64Url, toBase64Url } from '#core/bytes.ts';
import type { DraftSummary } from '#core/drafts/draft-view.ts';
import { summarizeDrafts } from '#core/drafts/summarize-drafts.ts';
import type { PinMemory } from '#core/friends/believe-pins.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import { callBack } from '#core/letters/call-back.ts';
import type { ListedLetter, SealedLetterPage } from '#core/letters/letter-view.ts';
import { nameLetters } from '#core/letters/name-letters.ts';
import type { ThreadFilter } from '#core/schemas/letters.ts';
import { BffError, bffErrorOf, calling } from './bff-error.ts';
import { type Api, createApi } from './create-api.ts';
import { createFriends } from './friends.ts';
import { type LogIn, logIn } from './log-in.ts';
import { type OpenedLetter, openLetter } from './open-letter.ts';
import { itemsOf } from './pages.ts';
import type { Platform } from './photo-input.ts';
import { accountKey, keysOf, type SavedSession, withPins } from './saved-session.ts';
import { type LetterToSend, sendLetter } from './send-letter.ts';

export interface BffClientOptions {
  /** Address of the installation, such as `https://letters.example`. */
  url: string;
  /** A saved {@link BffClient.session}, to continue without logging in. */
  session?: SavedSession;
  fetch?: typeof globalThis.fetch;
  /** Called when the session has changed: save it again. */
  onSession?: (session: SavedSession) => void | Promise<void>;
}

/**
 * A client for a user's letters. Keys stay on this side; the server sends and receives ciphertext.
 * All errors are {@link BffError}s.
 */
export type BffClient = ReturnType<typeof createClient>;

export function createClient(
  platform: Platform,
  { url, session: saved, fetch, onSession }: BffClientOptions,
) {
  let session = saved ?? null;
  let keys: Promise<AccountKeys> | undefined;
  const api: Api = createApi({
    url,
    fetch,
    userAgent: platform.userAgent,
    token: () => session?.token ?? null,
  });
  const held = (): Promise<AccountKeys> => {
    if (!session) return Promise.reject(new BffError('unauthenticated', 'Please log in first.'));
    keys ??= keysOf(session);
    return keys;
  };

  // A server that ends a session must not make the device forget its pins.
  const pinsOf = new Map<string, SavedSession['pins']>();
  const keepPins = () => session?.pins && pinsOf.set(accountKey(session), session.pins);

  const memory: PinMemory = {
    recall: async () => {
      const kept = session?.pins;
      return kept ? { ...kept, pins: fromBase64Url(kept.pins) } : null;
    },
    async remember({ pins, version, since }) {
      if (!session || (session.pins?.version ?? 0) >= version) return;
      session = { ...session, pins: { pins: toBase64Url(pins), version, since } };
      await onSession?.(session);
    },
  };

  const access = async (): Promise<LetterAccess> => ({
    keys: await held(),
    api,
    memory,
    now: () => Date.now(),
  });

  const listOf = (readPage: (cursor: string | undefined) => Promise<SealedLetterPage>) =>
    itemsOf<ListedLetter>(async (cursor) => {
      const opened = await held();
      const page = await calling(() => readPage(cursor));
      const { letters, nextCursor } = await nameLetters(opened, page);
      return { items: letters, nextCursor };
    });

  const letters = {
    /**
     * Seals and sends a letter. Resolves once the server has stored it; it is delivered in the
     * background.
     */
    send: async (letter: LetterToSend) => sendLetter(await access(), platform.preparePhoto, letter),
    /**
     * Calls a letter back that has not been delivered yet; it becomes a draft with the same id.
     * @throws BffError `conflict` if it has been delivered
     */
    async callBack(id: string): Promise<void> {
      const mine = await access();
      const outcome = await calling(() => callBack(mine, id));
      if (outcome === 'unreadable') throw new BffError('damaged', "This letter can't be opened.");
    },
    open: async (id: string): Promise<OpenedLetter> => openLetter(await access(), id),
    /** Received letters, newest first; `title` is null while an envelope is closed. */
    inbox: () => listOf((cursor) => api.letters.inbox.query({ cursor })),
    /** Received letters that were taken out of the inbox. */
    archived: () => listOf((cursor) => api.letters.inbox.query({ cursor, archived: true })),
    sent: () => listOf((cursor) => api.letters.sent.query({ cursor })),
    /** The letters with one friend in both directions, newest first. */
    thread: (username: string, filter: ThreadFilter = {}) =>
      listOf((cursor) => api.letters.thread.query({ ...filter, username, cursor })),
    star: (id: string, starred = true) => calling(() => api.letters.setStarred.mutate({ id, starred })),
    archive: (id: string, archived = true) => calling(() => api.letters.setArchived.mutate({ id, archived })),
  };

  return {
    /** The typed procedures: docs/api.md. */
    api,
    letters,
    friends: createFriends(api, access, () => ({ url, username: session?.username ?? '' })),
    drafts: {
      list: () =>
        itemsOf<DraftSummary>(async (cursor) => {
          const opened = await held();
          const page = await calling(() => api.drafts.list.query({ cursor }));
          const { drafts, nextCursor } = await summarizeDrafts(opened, page);
          return { items: drafts, nextCursor };
        }),
      discard: (id: string) => calling(() => api.drafts.discard.mutate({ id })),
    },

    /**
     * The session to save; null if not logged in. It opens every letter, so guard it like a key.
     */
    get session(): SavedSession | null {
      return session;
    },

    /**
     * Proves the password without sending it, and unlocks the account's keys on this side.
     * @throws BffError
     */
    async logIn(input: LogIn): Promise<void> {
      const before = session;
      keepPins();
      const mine = before?.username === input.username.trim().toLowerCase() ? before.kdf : undefined;
      session = await logIn(api, platform.argon2, url, { remembered: mine ?? null, ...input });
      session = withPins(session, pinsOf.get(accountKey(session)));
      keys = undefined;
    },

    /** Ends the session on the server, if reachable, and always forgets the keys. */
    async logOut(): Promise<void> {
      try {
        if (session) await calling(() => api.accounts.logOut.mutate());
      } finally {
        keepPins();
        session = null;
        keys = undefined;
      }
    },

    /** The logged-in account according to the server; null if the session has ended. */
    me: () => calling(() => api.accounts.me.query()),

    /**
     * Opens all letters one by one, first received, then archived, then sent. For a letter that can't be opened,
     * see its `seal`.
     */
    async *export(): AsyncGenerator<OpenedLetter, void, undefined> {
      for (const list of [letters.inbox, letters.archived, letters.sent]) {
        for await (const { id } of list()) {
          try {
            yield await letters.open(id);
          } catch (error) {
            // Deleted since it was listed.
            if (bffErrorOf(error)?.code !== 'not-found') throw error;
          }
        }
      }
    },
  };
}
