import { definePage, type PageArgs } from '#app/modes/define-page.ts';
import { letterPage } from './letter-page.ts';

const placeOf = ({ params: { n = '' } }: PageArgs) => (/^\d{1,2}$/.test(n) ? Number(n) : -1);

/** One photo of a letter; none if the letter can't be opened. */
export const photoPage = definePage({
  load: async (api, args) => {
    const view = await letterPage.load(api, args);
    if (!view.letter.photos[placeOf(args)]) throw new Response(null, { status: 404 });
    return view;
  },
  preview: () => null,
  open: async (access, view, args) => {
    const opened = await letterPage.open(access, view, args);
    const n = placeOf(args);
    const photo = opened?.letter.content?.photos[n];
    const picture = opened?.photos.full[n];
    if (!photo || !picture) return null;
    const count = opened.letter.content?.photos.length ?? 0;
    return { letterId: opened.letter.id, n, count, photo, picture };
  },
});
