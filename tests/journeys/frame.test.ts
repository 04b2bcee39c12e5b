import { afterAll, beforeAll, expect, it } from 'vitest';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makePeople, type Person } from '#tests/support/journey-people.ts';

/* People who are logged in keep their header when something fails, and have a way out. */
let world: ServedInstallation;
let visitor: Visitor;
beforeAll(async () => {
  world = await serveInstallation();
  const [alpha] = (await makePeople(world, 'alpha')) as [Person];
  visitor = createVisitor(world.url);
  visitor.cookies.set('bff', alpha.token);
});
afterAll(() => world.close());

const id = 'f'.repeat(24);

it.each([
  ['an address that leads nowhere', 404, () => visitor.get('/nowhere')],
  ['a letter that is not theirs', 404, () => visitor.get(`/letters/${id}`)],
  ['a form about something that is gone', 404, () => visitor.post('/drafts', { restore: id })],
  ['a form that is no form', 400, () => visitor.post('/drafts', { trash: 'x' })],
  ['a form for a page without one', 405, () => visitor.post('/sent', {})],
])('%s leaves the frame as it was', async (_, status, visit) => {
  const answer = await visit();
  expect(answer.status).toBe(status);
  expect(answer.text).toContain('aria-label="Your mail"');
  expect(answer.text).toContain('>Back to inbox<');
});

it('so does something that broke', async () => {
  const { letters } = world.container.stores;
  const { listSent } = letters;
  letters.listSent = () => Promise.reject(new Error('broken'));
  const answer = await visitor.get('/sent').finally(() => {
    letters.listSent = listSent;
  });
  expect(answer.status).toBe(500);
  expect(answer.text).toContain('aria-label="Your mail"');
  expect(answer.text).toContain('Something broke on our side');
  expect(answer.text).toContain('>Try again<');
});
