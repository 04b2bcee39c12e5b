import type { ReactNode } from 'react';

const pictures = {
  mailbox: (
    <>
      <path className="ink" d="M30 96V58M30 58" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;

export type PictureName = 'mailbox' | 'pen' | 'friends' | 'cat' | 'lost';

/** A small drawing; decoration, so hidden from screen readers. */
export function PictureOf({ name }: { name: PictureName }) {
  return (
    <svg className="picture" viewBox="0 0 160 120" aria-hidden="true" focusable="false">
      {pictures[name as 'mailbox'] ?? null}
    </svg>
  );
}
