import { type ComponentType, useEffect, useRef, useState } from 'react';
import type { PagePhoto } from '#app/modes/page-access.ts';
import { useFullPhotos } from '#app/modes/use-full-photos.ts';
import { targetSize } from '#core/photos/target-size.ts';
import type { GalleryPhoto } from './photo-gallery.tsx';
import type PhotoViewer from './photo-viewer.tsx';
import { usePhotoAddress } from './use-photo-address.ts';

interface PhotoViewingProps {
  letterId: string;
  photos: readonly GalleryPhoto[];
  full: readonly PagePhoto[];
  /** Called with the URLs of the full photos, as they are opened. */
  onOpened(urls: readonly (string | null)[]): void;
}

/** Opens full photos where a sharp screen needs them, and the viewer when a photo is pressed. */
export default function PhotoViewing({ letterId, photos, full, onOpened }: PhotoViewingProps) {
  const { urls, open } = useFullPhotos(full);
  const address = usePhotoAddress(letterId);
  const { shown, open: openAt } = address;
  const Viewer = useViewer(shown !== null);
  const opener = useRef<HTMLElement | null>(null);
  const known = urls.join(' ');
  const count = photos.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when another is opened
  useEffect(() => onOpened(urls), [known, onOpened]);
  useSharpPhotos(photos, open);

  useEffect(() => {
    const letter = letterSheet();
    const onClick = (event: MouseEvent) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const link = (event.target as Element).closest<HTMLElement>('.photo-link');
      if (!link) return;
      event.preventDefault();
      opener.current = link;
      openAt(linksTo(count).indexOf(link));
    };
    letter?.addEventListener('click', onClick);
    return () => letter?.removeEventListener('click', onClick);
  }, [count, openAt]);

  const wasShown = useRef(false);
  useEffect(() => {
    if (wasShown.current && shown === null) opener.current?.focus({ preventScroll: true });
    wasShown.current = shown !== null;
  }, [shown]);

  if (!Viewer || shown === null) return null;
  return (
    <Viewer
      photos={photos}
      first={shown}
      links={linksTo(count)}
      open={open}
      onMove={address.move}
      onClose={address.close}
    />
  );
}

const letterSheet = () => document.getElementById('letter');

/** The link of each photo, wherever it stands in the letter. */
const linksTo = (count: number) =>
  Array.from(
    { length: count },
    (_, n) => letterSheet()?.querySelector<HTMLElement>(`#photo-${n + 1} .photo-link`) ?? null,
  );

/** Loads the viewer when it is first wanted. Without it, the photo's own page is shown. */
function useViewer(isWanted: boolean): ComponentType<Parameters<typeof PhotoViewer>[0]> | null {
  const [loaded, setLoaded] = useState<{ Viewer: typeof PhotoViewer } | null>(null);
  useEffect(() => {
    if (!isWanted || loaded) return;
    import('./photo-viewer.tsx').then(
      ({ default: Viewer }) => setLoaded({ Viewer }),
      () => location.reload(),
    );
  }, [isWanted, loaded]);
  return loaded?.Viewer ?? null;
}

/**
 * Opens the full photo of each preview that has fewer pixels than the screen shows of it, once it
 * comes near the window.
 */
function useSharpPhotos(
  photos: readonly { width: number; height: number; fullUrl: string | null; previewUrl: string | null }[],
  open: (n: number) => Promise<string>,
): void {
  const latest = useRef(photos);
  latest.current = photos;
  const previews = photos.map(({ previewUrl }) => previewUrl).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: seen anew whenever a preview is there
  useEffect(() => {
    const links = linksTo(latest.current.length);
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const n = links.indexOf(target as HTMLElement);
          const photo = latest.current[n];
          if (!isIntersecting || !photo?.previewUrl || photo.fullUrl) continue;
          if (target.clientWidth * devicePixelRatio > targetSize(photo, 'preview').width)
            open(n).catch(() => undefined);
        }
      },
      { rootMargin: '50% 0px' },
    );
    for (const link of links) if (link) seen.observe(link);
    return () => seen.disconnect();
  }, [previews, open]);
}
