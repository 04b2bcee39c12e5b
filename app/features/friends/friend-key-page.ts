import { definePage, type PageArgs } from '#app/modes/define-page.ts';
import { isId } from '#core/id.ts';

const usernameOf = ({ params }: PageArgs) => params.username ?? '';

/** How a friend's key stands, and the number to compare. `?draft=ID` is a letter that waits for it. */
export const friendKeyPage = definePage({
  load: (api, args) => api.friends.keys.query({ username: usernameOf(args) }),
  preview: ({ displayName }, args) => {
    const draft = args.search.get('draft');
    return { username: usernameOf(args), displayName, draft: isId(draft) ? draft : null };
  },
  open: async (access, friend, args) => {
    const { compareFriendKey } = await import('#core/friends/compare-friend-key.ts');
    // Under the name that was asked for, whatever the server calls its owner.
    return compareFriendKey(access, { ...friend, username: usernameOf(args) });
  },
});
