import { type ComponentType, type MouseEvent, useEffect, useRef, useState } from 'react';
import type { PagePhoto } from '#app/modes/page-access.ts';
import { useFullPhotos } from '#app/modes/use-full-photos.ts';
import { type ShownPhoto, usePagePhotos } from '#app/modes/use-page-photos.ts';
import { PhotoGallery, previewWidth } from './photo-gallery.tsx';
import type PhotoViewer from './photo-viewer.tsx';
import { usePhotoAddress, viewOf } from './use-photo-address.ts';

interface LetterGalleryProps {
  letterId: string;
  photos: readonly { caption: string; width: number; height: number }[];
  /** Of each photo. */
  pictures: { full: readonly PagePhoto[]; preview: readonly PagePhoto[] };
}

/** A letter's photos; sealed ones appear as the browser opens them. A click opens the viewer. */
export function LetterGallery({ letterId, photos, pictures }: LetterGalleryProps) {
  const previews = usePagePhotos(pictures.preview);
  const full = useFullPhotos(pictures.full);
  const section = useRef<HTMLElement>(null);
  const address = usePhotoAddress(letterId);
  const Viewer = useViewer(address.shown !== null);
  const opener = useRef<HTMLElement | null>(null);

  const shown = photos.map((photo, n) => {
    const preview = previews[n] ?? 'missing';
    return {
      ...photo,
      viewUrl: viewOf(letterId, n),
      previewUrl: typeof preview === 'object' ? preview.url : null,
      fullUrl: full.urls[n] ?? null,
      note: noteOn(preview),
    };
  });
  const { open } = full;
  useSharpPhotos(section, shown, open);

  // Where the page itself is left in the viewer, nothing is focused.
  const wasShown = useRef(false);
  useEffect(() => {
    if (wasShown.current && address.shown === null) opener.current?.focus({ preventScroll: true });
    wasShown.current = address.shown !== null;
  }, [address.shown]);

  const onOpen = (event: MouseEvent<HTMLElement>, n: number) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    opener.current = event.currentTarget;
    address.open(n);
  };
  return (
    <>
      <PhotoGallery photos={shown} sectionRef={section} onOpen={onOpen} />
      {Viewer && address.shown !== null ? (
        <Viewer
          photos={shown}
          first={address.shown}
          links={linksIn(section.current)}
          open={open}
          onMove={address.move}
          onClose={address.close}
        />
      ) : null}
    </>
  );
}

const linksIn = (section: HTMLElement | null) => [
  ...(section?.querySelectorAll<HTMLElement>('.photo-link') ?? []),
];

/** Loads the viewer when it is first wanted. Without it, the photo's own page is opened. */
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
  section: { current: HTMLElement | null },
  photos: readonly { width: number; height: number; fullUrl: string | null; previewUrl: string | null }[],
  open: (n: number) => Promise<string>,
): void {
  const latest = useRef(photos);
  latest.current = photos;
  const previews = photos.map(({ previewUrl }) => previewUrl).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: seen anew whenever a preview is there
  useEffect(() => {
    const links = linksIn(section.current);
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const n = links.indexOf(target as HTMLElement);
          const photo = latest.current[n];
          if (!isIntersecting || !photo?.previewUrl || photo.fullUrl) continue;
          if (target.clientWidth * devicePixelRatio > previewWidth(photo)) open(n).catch(() => undefined);
        }
      },
      { rootMargin: '50% 0px' },
    );
    for (const link of links) seen.observe(link);
    return () => seen.disconnect();
  }, [previews, section, open]);
}

/** Explains why a photo isn't shown; undefined while it is loading. */
export function noteOn(photo: ShownPhoto): string | undefined {
  if (photo === 'damaged')
    return 'This photo is damaged or isn’t what the letter says it is, so it isn’t shown.';
  if (photo === 'missing') return 'This photo couldn’t be loaded. Reload the page to try again.';
  return undefined;
}
