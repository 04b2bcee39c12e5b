import { definePage, type PageArgs } from '#app/modes/define-page.ts';
import { isId } from '#core/id.ts';

const usernameOf = ({ params }: PageArgs) => params.username ?? '';

/**
 * A friend's key status and the safety number. `?draft=ID` is a letter that waits for the
 * comparison.
 */
export const friendKeyPage = definePage({
  load: (api, args) => api.friends.keys.query({ username: usernameOf(args) }),
  preview: ({ displayName }, args) => {
    const draft = args.search.get('draft');
    return { username: usernameOf(args), displayName, draft: isId(draft) ? draft : null };
  },
  open: async (access, friend, args) => {
    const { compareFriendKey } = await import('#core/friends/compare-friend-key.ts');
    // Use the requested name, whatever name the server returns.
    return compareFriendKey(access, { ...friend, username: usernameOf(args) });
  },
});
