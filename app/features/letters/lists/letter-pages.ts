import { definePage } from '#app/modes/define-page.ts';

/**
 * Received or sent letters, twenty a page; titles are missing until they are opened. `?archive`
 * shows what was taken out of the inbox.
 */
const lettersPage = (direction: 'inbox' | 'sent') =>
  definePage({
    async load(api, { search }) {
      const [page, friendNews] = await Promise.all([
        api.letters[direction].query({
          cursor: search.get('cursor') || undefined,
          archived: search.has('archive'),
        }),
        direction === 'inbox' ? api.friends.news.query() : null,
      ]);
      return { ...page, friendNews };
    },
    preview: ({ letters, nextCursor, friendNews }, { search }) => ({
      letters: letters.map(({ heading: _, ...letter }) => ({ ...letter, title: null as string | null })),
      nextCursor,
      friendNews,
      older: Boolean(search.get('cursor')),
    }),
    open: async ({ keys }, view) => (await import('#core/letters/name-letters.ts')).nameLetters(keys, view),
  });

export const inboxPage = lettersPage('inbox');
export const sentPage = lettersPage('sent');
