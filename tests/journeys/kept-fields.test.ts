import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { enter } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
let alpha: Visitor;
beforeAll(async () => {
  world = await serveInstallation();
  alpha = createVisitor(world.url);
  await enter(world, alpha, 'alpha');
});
afterAll(() => world.close());

/** The value a page shows in a field: typed, written or chosen. */
function shownIn({ text }: Answer, name: string): string | undefined {
  const select = new RegExp(`<select[^>]* name="${name}".*?</select>`, 's').exec(text)?.[0];
  if (select) {
    const option = [...select.matchAll(/<option([^>]*)>/g)].find(([, attributes]) =>
      / selected/.test(attributes ?? ''),
    );
    return /value="([^"]*)"/.exec(option?.[1] ?? '')?.[1];
  }
  const area = new RegExp(`<textarea[^>]* name="${name}"[^>]*>(.*?)</textarea>`, 's').exec(text)?.[1];
  const field = new RegExp(`<input[^>]* name="${name}"[^>]*>`).exec(text)?.[0];
  return area ?? /value="([^"]*)"/.exec(field ?? '')?.[1];
}

describe('a form that is refused keeps what was typed and chosen:', () => {
  it('the name and the way dates are written', async () => {
    const shown = shownIn(await alpha.get('/settings/profile'), 'locale');
    const locale = shown === 'de-DE' ? 'en-US' : 'de-DE';
    const refused = await alpha.post('/settings/profile', {
      displayName: 'x'.repeat(200),
      timeZone: 'UTC',
      locale,
    });
    expect(refused.status).toBe(400);
    expect(shownIn(refused, 'locale')).toBe(locale);
    expect(shownIn(refused, 'displayName')).toBe('x'.repeat(200));
    expect(shownIn(await alpha.get('/settings/profile'), 'locale')).toBe(shown);
  });

  it('the hour of the daily email', async () => {
    const fields = {
      intent: 'save',
      email: 'daily',
      digestHour: '23',
      quietFrom: '25',
      quietTo: '7',
      timeZone: 'UTC',
    };
    const refused = await alpha.post('/settings/notifications', fields);
    expect(refused.status).toBe(400);
    expect(shownIn(refused, 'digestHour')).toBe('23');
    expect(shownIn(refused, 'timeZone')).toBe('UTC');
  });

  it('the mobile number', async () => {
    const refused = await alpha.post('/settings/notifications', { intent: 'mobile', mobile: '12 what' });
    expect(refused.status).toBe(400);
    expect(shownIn(refused, 'mobile')).toBe('12 what');
  });

  it('the subject of feedback', async () => {
    const refused = await alpha.post('/feedback', { subject: 'About stamps', message: '' });
    expect(refused.status).toBe(400);
    expect(shownIn(refused, 'subject')).toBe('About stamps');
  });
});
