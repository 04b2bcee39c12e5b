import PhotoSwipe from 'photoswipe';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { longShape } from '#core/photos/photo-shape.ts';
import type { GalleryPhoto } from './photo-gallery.tsx';

interface PhotoViewerProps {
  photos: readonly GalleryPhoto[];
  /** The photo to begin with, from 0. */
  first: number;
  /** The link of each photo in the letter; the viewer grows out of it. */
  links: readonly (HTMLElement | null)[];
  /** Returns the URL of a full-size photo. */
  open(n: number): Promise<string>;
  onMove(n: number): void;
  onClose(): void;
}

/**
 * Shows a letter's photos one by one over the whole window: swiped, zoomed, moved by arrow keys,
 * closed by Escape or by dragging.
 */
export default function PhotoViewer({ photos, first, links, open, onMove, onClose }: PhotoViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const swipe = useRef<PhotoSwipe | null>(null);
  const [n, setN] = useState(first);
  const [url, setUrl] = useState<string | null>(null);
  const [isBare, setBare] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const tell = useRef({ open, onMove, onClose });
  useEffect(() => {
    tell.current = { open, onMove, onClose };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the viewer is opened once, with the photos of that moment
  useLayoutEffect(() => {
    if (!stage.current || !dialog.current) return;
    const window = dialog.current;
    window.showModal();
    const viewer = createViewer(stage.current, { photos, first, links, open: (at) => tell.current.open(at) });
    swipe.current = viewer;
    viewer.options.tapAction = () => setBare((before) => !before);
    viewer.on('change', () => {
      setN(viewer.currIndex);
      if (viewer.currIndex !== first || viewer.opener.isOpen) tell.current.onMove(viewer.currIndex);
    });
    viewer.on('close', () => setLeaving(true));
    let left = false;
    viewer.on('destroy', () => {
      if (!left) tell.current.onClose();
    });
    viewer.init();
    // The window around it is the dialog.
    viewer.element?.removeAttribute('role');
    return () => {
      left = true;
      viewer.destroy();
      window.close();
    };
  }, []);

  useEffect(() => {
    let left = false;
    setUrl(null);
    tell.current.open(n).then(
      (opened) => {
        if (!left) setUrl(opened);
      },
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [n]);

  const close = () => swipe.current?.close();
  const count = photos.length;
  const caption = photos[n]?.caption.trim();
  const said = [caption, photos[n]?.alt].filter(Boolean).join('. ');
  const state = [isBare ? 'viewer-bare' : '', isLeaving ? 'viewer-leaving' : ''].join(' ');
  return (
    <dialog
      ref={dialog}
      className={`viewer ${state}`}
      aria-label="Photos"
      // Closed by the browser: Escape, or Back on a phone.
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClose={close}
      onKeyDown={keepPageStill}
    >
      <div ref={stage} dir="ltr" />
      <div className="viewer-bar">
        <p className="viewer-count" aria-live="polite">
          <span className="visually-hidden">Photo </span>
          {n + 1} of {count}
          {said ? <span className="visually-hidden">: {said}</span> : null}
        </p>
        {url ? (
          <a className="viewer-button" href={url} download={`photo-${n + 1}`} aria-label="Download">
            <Sign d="M12 4v11m-5-4.5 5 5 5-5M5 20h14" />
          </a>
        ) : null}
        <Press name="Zoom" onPress={() => swipe.current?.toggleZoom()}>
          <Sign d="M16.2 16.2 21 21M10.5 18a7.5 7.5 0 1 1 0-15 7.5 7.5 0 0 1 0 15Zm0-10.5v6m-3-3h6" />
        </Press>
        <Press name="Close" onPress={close}>
          <Sign d="m5 5 14 14M19 5 5 19" />
        </Press>
      </div>
      <div className="viewer-foot" dir="ltr">
        {count > 1 ? (
          <Press name="Previous photo" isOff={n === 0} onPress={() => swipe.current?.prev()}>
            <Sign d="m15 4-8 8 8 8" />
          </Press>
        ) : null}
        <p className="viewer-caption" dir="auto" aria-hidden="true">
          {caption}
        </p>
        {count > 1 ? (
          <Press name="Next photo" isOff={n === count - 1} onPress={() => swipe.current?.next()}>
            <Sign d="m9 4 8 8-8 8" />
          </Press>
        ) : null}
      </div>
    </dialog>
  );
}

/** Keys that would scroll the page behind the viewer. */
function keepPageStill(event: { key: string; target: EventTarget; preventDefault(): void }) {
  const scrolls = [' ', 'PageUp', 'PageDown', 'Home', 'End'].includes(event.key);
  if (scrolls && !(event.target as Element).closest('a, button')) event.preventDefault();
}

function Press(props: { name: string; isOff?: boolean; onPress(): void; children: ReactNode }) {
  return (
    <button
      type="button"
      className="viewer-button"
      aria-label={props.name}
      // A disabled button would lose the focus at the last photo.
      aria-disabled={props.isOff || undefined}
      onClick={props.isOff ? undefined : props.onPress}
    >
      {props.children}
    </button>
  );
}

function Sign({ d }: { d: string }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={d} />
    </svg>
  );
}

/** Leaves out PhotoSwipe's controls: it writes them as markup, which Trusted Types refuse. */
const ownControls = {
  arrowPrev: false,
  arrowNext: false,
  close: false,
  zoom: false,
  counter: false,
  preloader: false,
};

function createViewer(
  appendToEl: HTMLElement,
  { photos, first, links, open }: Pick<PhotoViewerProps, 'photos' | 'first' | 'links' | 'open'>,
): PhotoSwipe {
  const viewer = new PhotoSwipe({
    appendToEl,
    mainClass: 'viewer-stage',
    index: first,
    dataSource: photos.map((photo, n) => ({
      type: 'image',
      width: photo.width,
      height: photo.height,
      ...(photo.previewUrl ? { msrc: photo.previewUrl } : {}),
      ...(links[n] ? { element: links[n] } : {}),
      thumbCropped: longShape(photo) === 'tall',
    })),
    ...ownControls,
    loop: false,
    trapFocus: false,
    returnFocus: false,
    bgOpacity: 1,
    showAnimationDuration: 240,
    hideAnimationDuration: 240,
    // A long screenshot is enlarged to the width of the window, where it can be read.
    secondaryZoomLevel: ({ fit, fill }) => Math.max(fill, fit * 2.5),
    maxZoomLevel: ({ fit, fill }) => Math.max(4, fill, fit * 4),
  });
  viewer.on('contentLoadImage', (event) => {
    event.preventDefault();
    const { content } = event;
    const image = content.element as HTMLImageElement;
    content.state = 'loading';
    open(content.index).then(
      (url) => {
        image.onload = () => content.onLoaded();
        image.onerror = () => content.onError();
        const photo = photos[content.index];
        image.alt = photo?.name ?? '';
        image.src = url;
      },
      () => content.onError(),
    );
  });
  viewer.addFilter('contentErrorElement', (element, content) => {
    element.className = 'viewer-error';
    element.textContent = photos[content.index]?.note ?? 'This photo couldn’t be loaded.';
    return element;
  });
  return viewer;
}
