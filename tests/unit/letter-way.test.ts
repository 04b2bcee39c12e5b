import { expect, test } from 'vitest';
import { letterWay, type WayMode } from '../../scripts/letter-way.ts';

/** What a stranger has to read to follow a letter from the form to the friend. */
const MOST = 40;

test.each<[WayMode, string]>([
  ['assisted', 'app/features/letters/write/submit-posted-form.server.ts'],
  ['sealed', 'app/features/letters/write/submit-sealed-form.ts'],
])('the way of a letter in an %s session is short, and the same but for its beginning', (mode, beginning) => {
  const files = letterWay(mode);
  for (const step of [
    beginning,
    'core/letters/submit-draft.ts',
    'core/letters/send-letter.ts',
    'core/letters/open-letter.ts',
  ])
    expect(files).toContain(step);
  expect(files.length).toBeLessThanOrEqual(MOST);
});
