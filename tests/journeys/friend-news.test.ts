import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { enter } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
let mia: Visitor;
let nora: Visitor;
beforeAll(async () => {
  world = await serveInstallation();
  [mia, nora] = [createVisitor(world.url), createVisitor(world.url)];
  await enter(world, mia, 'mia');
  await enter(world, nora, 'nora');
});
afterAll(() => world.close());

const codeOf = async (visitor: Visitor) =>
  /\/friends\/add\/([0-9A-Z-]{11})/.exec((await visitor.get('/friends')).text)?.[1] ?? '';
const seen = (html: string) =>
  html
    .replace(/<script\b.*?<\/script>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const inboxOf = async (visitor: Visitor) => seen((await visitor.get('/inbox')).text);
const mailsTo = async (name: string, subject: string) => {
  await world.settle();
  return (await world.mails()).filter(
    (mail) => mail.to === `${name}@example.test` && mail.subject === subject,
  );
};

describe('a friend request', () => {
  it('is told by a mail, a badge and a card, and its acceptance to who asked', async () => {
    const code = await codeOf(mia);
    await nora.post(`/friends/add/${code}`, {});
    const [mail] = await mailsTo('mia', 'nora would like to write to you');
    expect(mail?.text).toContain(`${world.url}/friends`);
    const inbox = await inboxOf(mia);
    expect(inbox).toContain('nora would like to write to you.');
    expect(inbox).toMatch(/Friends 1 , 1 request /);
    expect(await inboxOf(nora)).not.toContain('would like to write to you.');

    expect(await mia.post('/friends', { intent: 'accept', username: 'nora' })).toMatchObject({ status: 302 });
    expect(await inboxOf(mia)).not.toContain('would like to write');
    expect(await mailsTo('nora', 'mia accepted your request')).toHaveLength(1);
    expect(await inboxOf(nora)).toContain('mia accepted your request.');
    const hello = await nora.post('/friends', { intent: 'hello', username: 'mia' });
    expect(hello.location).toBe('/write?to=mia');
    expect(await inboxOf(nora)).not.toContain('accepted your request');
  });

  it('is told once a day, however often it is made', async () => {
    const code = await codeOf(mia);
    for (let i = 0; i < 3; i += 1) {
      await nora.post('/friends/remove/mia', {});
      await nora.post(`/friends/add/${code}`, {});
    }
    expect(await mailsTo('mia', 'nora would like to write to you')).toHaveLength(1);
    expect(await inboxOf(mia)).toContain('nora would like to write to you.');
  });

  it('is not told while the one who was asked has blocked the other, or has declined', async () => {
    const [otto, code] = [createVisitor(world.url), await codeOf(mia)];
    await enter(world, otto, 'otto');
    await otto.post(`/friends/add/${code}`, {});
    await mia.post('/friends', { intent: 'decline', username: 'otto' });
    const before = (await mailsTo('mia', 'otto would like to write to you')).length;
    await otto.post('/friends', { intent: 'take-back', username: 'mia' });
    await otto.post(`/friends/add/${code}`, {});
    expect(await mailsTo('mia', 'otto would like to write to you')).toHaveLength(before);
    expect(await inboxOf(mia)).not.toContain('otto');
    await mia.post('/friends', { intent: 'block', username: 'nora' });
    expect(await inboxOf(mia)).not.toContain('nora');
  });

  it('leads whoever came by an invitation to the friend, and then to the first letter', async () => {
    const [pia, path] = [createVisitor(world.url), `/friends/add/${await codeOf(mia)}`];
    await pia.get(path);
    expect((await pia.get('/join')).text).toContain('<bdi>mia</bdi> invited you to write letters.');
    expect((await pia.get('/login')).text).toContain('<bdi>mia</bdi> invited you to write letters.');
    await enter(world, pia, 'pia');
    const landing = (await pia.get('/login')).location ?? '';
    expect(landing).toBe(path.replace('-', ''));
    expect((await pia.post(landing, {})).location).toBe('/friends?done=asked');
    await mia.post('/friends', { intent: 'accept', username: 'pia' });
    expect((await pia.get(landing)).text).toContain('href="/write?to=mia"');
  });

  it('of both at once makes them friends, who can say hello at once', async () => {
    const rudi = createVisitor(world.url);
    await enter(world, rudi, 'rudi');
    await mia.post(`/friends/add/${await codeOf(rudi)}`, {});
    const accepted = await rudi.post(`/friends/add/${await codeOf(mia)}`, {});
    expect(accepted.location).toMatch(/^\/friends\/add\/[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    expect((await rudi.get(accepted.location ?? '')).text).toContain('Say hello');
    expect(await mailsTo('mia', 'rudi accepted your request')).toHaveLength(1);
    expect(await mailsTo('rudi', 'mia would like to write to you')).toHaveLength(1);
  });
});
