import type { SealedStationery } from '../crypto/index.ts';

export const papers = ['white', 'cream', 'airmail', 'squared', 'rose', 'kraft'] as const;
export const inks = ['blue-black', 'black', 'sepia', 'green'] as const;
/** `type` is the typeface of the pages; the others are handwriting. */
export const faces = ['type', 'flowing', 'round', 'neat'] as const;

/** What a letter is written on, and with. It is sealed with the letter. */
export interface Stationery {
  paper: (typeof papers)[number];
  ink: (typeof inks)[number];
  face: (typeof faces)[number];
}

export const plainStationery: Stationery = { paper: 'white', ink: 'blue-black', face: 'type' };

/**
 * Reads the stationery that a form or a letter names. What this version doesn't know is plain: a
 * newer client may have more.
 */
export function stationeryOf(said: Partial<SealedStationery> | undefined): Stationery {
  const known = <Name extends string>(names: readonly Name[], name: string | undefined, plain: Name): Name =>
    names.find((one) => one === name) ?? plain;
  return {
    paper: known(papers, said?.paper, plainStationery.paper),
    ink: known(inks, said?.ink, plainStationery.ink),
    face: known(faces, said?.face, plainStationery.face),
  };
}

/** Returns what to seal with a letter beside its text: nothing for a plain one that answers none. */
export function toSeal({
  stationery = plainStationery,
  inReplyTo,
}: {
  stationery?: Stationery | undefined;
  inReplyTo?: string | undefined;
}): { stationery?: Stationery; inReplyTo?: string } {
  const isPlain = isSameStationery(stationery, plainStationery);
  return { ...(isPlain ? {} : { stationery }), ...(inReplyTo ? { inReplyTo } : {}) };
}

export function isSameStationery(one: Stationery, other: Stationery): boolean {
  return one.paper === other.paper && one.ink === other.ink && one.face === other.face;
}
