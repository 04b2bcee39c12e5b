import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '#core/schemas/limits.ts';
import { createVisitor, inputsOf, jpeg, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter } from '#tests/support/journey-visitors.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: ServedInstallation;
let alpha: Visitor;
let beta: Visitor;
beforeAll(async () => {
  world = await serveInstallation();
  [alpha, beta] = [createVisitor(world.url), createVisitor(world.url)];
  await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
  await befriendByForms(alpha, beta, 'alpha');
});
afterAll(() => world.close());

const newDraftId = async () => inputsOf((await alpha.get('/write?to=beta')).text).letterId ?? '';
const first = { version: '0', to: 'beta', title: 'The first letter', body: 'First words.', intent: 'send' };
const second = { ...first, title: 'The second letter', body: 'Second words.' };

describe('a draft that a letter was sent from', () => {
  it.each([
    ['without photos', false],
    ['with a photo', true],
  ])('sends nothing else, and hands other words back in a new one: %s', async (_, withPhoto) => {
    const files = withPhoto ? [jpeg(await makePhoto(1, { width: 320, height: 240 }))] : [];
    const letterId = await newDraftId();
    const sent = await alpha.upload('/write', { letterId, ...first }, files);
    expect(sent.location).toBe(`/letters/${letterId}/sent`);

    // The button pressed twice: the same letter.
    const again = await alpha.upload('/write', { letterId, ...first }, files);
    expect(again.location).toBe(`/letters/${letterId}/sent`);

    // Back in the browser, another letter in the same form.
    const refused = await alpha.upload('/write', { letterId, ...second }, files);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('You’ve already sent another version of this draft.');
    expect(refused.text).toContain('Second words.');
    const { letterId: fresh = '' } = inputsOf(refused.text);
    expect(fresh).toMatch(/^[0-9a-f]{24}$/);
    expect(fresh).not.toBe(letterId);
    const onFresh = await alpha.upload('/write', { letterId: fresh, ...second }, files);
    expect(onFresh.location).toBe(`/letters/${fresh}/sent`);

    await world.settle();
    expect((await beta.get(`/letters/${letterId}`)).text).toContain('First words.');
    expect((await beta.get(`/letters/${fresh}`)).text).toContain('Second words.');
  });
});

describe('a form with more words than a letter has', () => {
  it('is handed back with every one of them, and without them is sent', async () => {
    const page = await alpha.get('/write?to=beta');
    // A browser would cut what is pasted, and say nothing.
    expect(page.text).not.toMatch(/<(textarea|input)[^>]*name="(body|title)"[^>]*maxlength/i);
    const { letterId = '' } = inputsOf(page.text);
    const body = `${'🐈'.repeat(limits.bodyMax - 4)} end`;
    const refused = await alpha.upload('/write', { letterId, ...first, body: `${body}.` }, []);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('Letters can have at most 100,000 characters.');
    expect(refused.text).toContain(`${body}.</textarea>`);
    const titled = await alpha.upload('/write', { letterId, ...first, title: '🐈'.repeat(81), body }, []);
    expect([titled.status, inputsOf(titled.text).title]).toEqual([400, '🐈'.repeat(81)]);
    const sent = await alpha.upload('/write', { letterId, ...first, title: '🐈'.repeat(80), body }, []);
    expect(sent.location).toBe(`/letters/${letterId}/sent`);
  });
});
