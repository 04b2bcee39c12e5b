import { definePage } from '#app/modes/define-page.ts';

/**
 * The drafts, twenty a page, or with `?trash` the deleted ones; nothing of them is visible until
 * they are opened.
 */
export const draftsPage = definePage({
  load: (api, { search }) =>
    api.drafts.list.query({ cursor: search.get('cursor') || undefined, inTrash: search.has('trash') }),
  preview: ({ nextCursor }, { search }) => ({
    nextCursor,
    older: Boolean(search.get('cursor')),
    inTrash: search.has('trash'),
  }),
  open: async ({ keys, reportDamaged }, view) => {
    const { summarizeDrafts } = await import('#core/drafts/summarize-drafts.ts');
    return summarizeDrafts(keys, view, (draftId) => reportDamaged('draft', { draftId }));
  },
});
