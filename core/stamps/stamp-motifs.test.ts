import { expect, test } from 'vitest';
import { seedOf } from '#tests/support/stamp-seeds.ts';
import { drawStamp } from './draw-stamp.ts';
import { motifs } from './motifs/index.ts';
import { hasMotif, stampMotifNames, stampMotifs } from './stamp-motifs.ts';

test.each(stampMotifNames)('a %s is what its seed, and every seed that is said to, draws', (name) => {
  const { index, seed } = stampMotifs[name];
  const shows = motifs[index]?.shows ?? 'nothing';
  expect(motifs[index]?.name.toLowerCase()).toContain(name === 'teacup' ? 'tea' : name);
  expect(drawStamp(seed, { label: 'A stamp' }).description).toContain(shows);
  for (let n = 0; n < 300; n++) {
    const drawn = drawStamp(seedOf(n), { label: 'A stamp' }).description.includes(shows);
    expect(hasMotif(seedOf(n), name), seedOf(n)).toBe(drawn);
  }
});
