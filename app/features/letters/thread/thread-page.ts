import { definePage, type PageArgs } from '#app/modes/define-page.ts';
import { readFilter } from './thread-filter.ts';

const usernameOf = ({ params }: PageArgs) => params.username ?? '';

/** The letters with one friend, twenty a page; titles are missing until they are opened. */
export const threadPage = definePage({
  load: (api, args) => {
    const { filters, year } = readFilter(args.search);
    return api.letters.thread.query({
      username: usernameOf(args),
      cursor: args.search.get('cursor') || undefined,
      ...Object.fromEntries(filters.map((name) => [name, true])),
      ...(year ? { year } : {}),
      ...(args.timeZone ? { timeZone: args.timeZone } : {}),
    });
  },
  preview: ({ letters, ...facts }, { search }) => ({
    ...facts,
    letters: letters.map(({ heading: _, ...letter }) => ({ ...letter, title: null as string | null })),
    part: readFilter(search),
    older: Boolean(search.get('cursor')),
  }),
  open: async ({ keys }, view) => (await import('#core/letters/name-letters.ts')).nameLetters(keys, view),
});
