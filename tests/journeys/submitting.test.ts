import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DraftForm, editDraft, freshDraft } from '#core/drafts/edited-draft.ts';
import { loadDraft } from '#core/drafts/load-draft.ts';
import { newId } from '#core/id.ts';
import { submitDraft } from '#core/letters/submit-draft.ts';
import { limits } from '#core/schemas/limits.ts';
import { createVisitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makeFriends, type Person } from '#tests/support/journey-people.ts';
import { logInByForm } from '#tests/support/journey-visitors.ts';
import { type SealedPerson, sealedPerson } from '#tests/support/sealed-person.ts';

let world: ServedInstallation;
let alpha: Person;
let writer: SealedPerson;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  ({ alpha } = await makeFriends(world));
  writer = await sealedPerson(world, alpha);
});
afterAll(() => world.close());

const stopped = new Error('stopped by hand');
const formOf = (body: string, files: string[] = []): DraftForm<string> => ({
  intent: 'save',
  words: { to: 'beta', title: 'Submitted', body, captions: {}, photoOrder: [] },
  newPhotos: files.map((file) => ({ file, name: file, caption: '' })),
  removePhotoIds: [],
});
const uploads = () => ({
  preparePhoto: () => Promise.reject(stopped),
  retryS: [],
  uploaded: new Map<string, never>(),
});

it('goes on from what was saved when the photos of a new draft are stopped', async () => {
  const draft = freshDraft(newId());
  const first = submitDraft(writer.access, draft, formOf('First words.', ['a.jpg']), uploads());
  await expect(first).rejects.toBe(stopped);
  const again = await submitDraft(writer.access, draft, formOf('More words.'), uploads());
  expect(again.outcome).toBe('saved');
  expect((await loadDraft(writer.access, draft.id)).content.body).toBe('More words.');
});

it('shows a refused form as of the version it was shown with, whatever was saved elsewhere since', async () => {
  const draft = freshDraft(newId());
  await submitDraft(writer.access, draft, formOf('From here.'), uploads());
  const elsewhere = await loadDraft(writer.access, draft.id);
  await submitDraft(writer.access, editDraft(elsewhere, elsewhere), formOf('From elsewhere.'), uploads());
  const stored = await loadDraft(writer.access, draft.id);
  const tooLong = formOf('x'.repeat(limits.bodyMax + 1));
  const options = { seenVersion: 1 };
  const refused = await submitDraft(writer.access, editDraft(stored, stored), tooLong, uploads(), options);
  expect(refused).toMatchObject({ outcome: 'refused', draft: { version: 1 } });
  const next = await submitDraft(
    writer.access,
    editDraft(stored, stored),
    formOf('Shorter.'),
    uploads(),
    options,
  );
  expect(next).toMatchObject({ outcome: 'refused', refusal: { code: 'conflict' } });
  expect((await loadDraft(writer.access, draft.id)).content.body).toBe('From elsewhere.');
});

it('saves nothing by itself of words that did not all arrive', async () => {
  const visitor = createVisitor(world.url);
  await logInByForm(visitor, 'alpha', alpha.password);
  const letterId = newId();
  const words = { letterId, to: 'beta', title: 'Autosaved', body: 'All of it.' };
  expect(JSON.parse((await visitor.post('/write/autosave', { ...words, version: '0' })).text)).toEqual({
    version: 1,
    problem: null,
  });
  const cut = { ...words, version: '1', body: 'x'.repeat(limits.textFieldBytes + 1) };
  const answer = JSON.parse((await visitor.post('/write/autosave', cut)).text);
  expect(answer).toMatchObject({ version: 1, problem: expect.stringContaining('is too long') });
  expect((await loadDraft(writer.access, letterId)).content.body).toBe('All of it.');
});
