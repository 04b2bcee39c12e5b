import type { PhotoVariant } from '#app/browser/keys/crypto.ts';
import { loadOpenPhoto } from '#app/browser/photos/load-open-photo.ts';
import { definePage, type PageArgs } from '#app/modes/define-page.ts';
import type { PageAccess, PagePhoto } from '#app/modes/page-access.ts';
import type { LetterView } from '#core/letters/letter-view.ts';
import type { OpenedView } from '#core/letters/open-letter-view.ts';

const idOf = ({ params }: PageArgs) => params.id ?? '';

export const letterPage = definePage({
  load: (api, args) => api.letters.get.query({ id: idOf(args) }),
  preview: ({ author, letter }) => ({ from: author.displayName, photoCount: letter.photos.length }),
  open: async (access, view, args) => {
    const [{ openLetter }, { openStamp }] = await Promise.all([
      import('#core/letters/open-letter.ts'),
      loadOpenPhoto(),
    ]);
    const id = idOf(args);
    const { letter, opened } = await openLetter(access, id, view);
    const photosIn = (size: PhotoVariant) => photosOf(access, view, opened, size);
    const photos = { full: photosIn('full'), preview: photosIn('preview') };
    if (opened) await access.keep(opened.key, null);
    if (letter.seal === 'damaged') access.reportDamaged('letter', { letterId: id });
    // The server renders once, so it shows a painted stamp only if it opens. The browser checks
    // later.
    const isPainted =
      letter.stampPainted && (access.recordsInBackground || (await openStamp(access, id)) !== null);
    if (letter.stampPainted && !isPainted) access.reportDamaged('stamp', { letterId: id });
    return { letter: { ...letter, stampPainted: isPainted }, photos };
  },
});

function photosOf(
  access: PageAccess,
  { letter }: LetterView,
  opened: OpenedView['opened'],
  variant: PhotoVariant,
): PagePhoto[] {
  const { letterId } = letter;
  return (opened?.content.photos ?? []).map((photo, n) => {
    const { fullHash, previewHash } = letter.photos[n] ?? {};
    return access.photo({
      url: `/letters/${letterId}/photos/${n}${variant === 'preview' ? '?size=preview' : ''}`,
      key: opened?.key ?? new Uint8Array(),
      place: { letterId, photo, variant },
      // Without an expected hash, nothing would be compared.
      expectedHash: (variant === 'full' ? fullHash : previewHash) ?? 'missing',
    });
  });
}
