import type { Page } from 'playwright-core';
import { newId } from '#core/id.ts';
import { AppError } from '#server/errors.ts';
import { confirmTwoWords, logIn, type Person as Member, sendLetter } from './journey-people.ts';
import { makePhoto } from './make-photos.ts';
import { jpeg } from './people.ts';
import type { Stop } from './tour.ts';
import { at, type Places, sit } from './tour-places.ts';

/** Requests, and somebody who is not to be heard of again. */
export async function* blocked(
  places: Places,
  beta: Member,
  { long, shira }: Record<'long' | 'shira', Member>,
): AsyncGenerator<Stop> {
  const { friends } = await places.world.as(beta);
  const { code } = await friends.myCode();
  for (const asking of [long, shira]) await (await places.world.as(asking)).friends.request({ code });
  const person = await sit(places, beta);
  yield* at(person, 'blocked', { asking: '/friends' });
  await friends.block({ username: long.username });
  yield* at(person, 'blocked', { one: '/friends?done=block' });
  await person.page.context().close();
}

/** Letters that did not arrive or are not whole, and every page that says what went wrong. */
export async function* misfortune(
  places: Places,
  alpha: Member,
  { beta, gamma }: Record<'beta' | 'gamma', Member>,
): AsyncGenerator<Stop> {
  const { world } = places;
  const { stores, db } = world.container;
  const damaged = await sendLetter(world, beta, alpha, { title: 'Torn' });
  const payload = (await stores.letters.findById(damaged))?.payload.map((byte, n) =>
    n === 50 ? byte ^ 1 : byte,
  );
  await db.orm.letters.where({ _id: damaged }).updateAndCount({ payload });
  const failed: string[] = [];
  world.faults.queue = true;
  for (const reason of ['delivery-failed', 'receiver-gone'] as const) {
    const letterId = newId();
    await (await world.as(alpha)).inClear.sendLetter({
      letterId,
      to: gamma.username,
      title: 'Into the void',
      body: '…',
    });
    await stores.letters.markFailed(letterId, reason);
    failed.push(letterId);
  }
  const waiting = newId();
  await (await world.as(alpha)).inClear.sendLetter({
    letterId: waiting,
    to: beta.username,
    title: 'Waiting',
    body: '…',
  });
  const person = await sit(places, alpha);
  yield* at(person, 'trouble', {
    damaged: `/letters/${damaged}`,
    failed: `/letters/${failed[0]}`,
    gone: `/letters/${failed[1]}`,
    queued: `/letters/${waiting}`,
    sent: '/sent',
  });
  world.faults.queue = false;
  await world.sweep();

  const { listSent } = stores.letters;
  for (const [name, error] of Object.entries({
    401: new AppError('unauthenticated', 'Please log in first.'),
    403: new AppError('forbidden', 'You are not allowed to do this.'),
    413: new AppError('too-large', 'That’s larger than this address accepts.'),
    429: new AppError('too-many-requests', 'Too many tries. Try again in 12 minutes.'),
    500: new Error('a page that broke'),
  })) {
    Object.assign(stores.letters, { listSent: () => Promise.reject(error) });
    await person.page.goto('/sent');
    places.browser.takeProblems();
    yield { name: `trouble-${name}`, page: person.page };
  }
  Object.assign(stores.letters, { listSent });
  await person.page.context().close();
}

/** A sealed session while nothing is opened yet, without its script, and without its keys. */
export async function* beforeOpening(places: Places, alpha: Member): AsyncGenerator<Stop> {
  if (!places.javaScript) return;
  const { world, browser } = places;
  const person = await sit(places, alpha);
  const { page } = person;
  const { letters } = await (await world.as(alpha)).letters.inbox({});
  const pages = {
    inbox: '/inbox',
    letter: `/letters/${letters[0]?.id}`,
    drafts: '/drafts',
    write: '/write?to=beta',
    safety: '/friends/beta/safety',
    password: '/settings/password',
  };
  const cookies = await page.context().cookies();

  const slow = await browser.visit(world.url);
  await slow.context().addCookies(cookies);
  await slow.route(/\/assets\/.*\.js$/, () => {});
  for (const [name, address] of Object.entries(pages)) {
    await slow.goto(address, { waitUntil: 'commit' });
    await slow.getByRole('main').waitFor();
    await slow.waitForLoadState('domcontentloaded').catch(() => {});
    yield { name: `opening-${name}`, page: slow, opening: true };
  }
  await slow.context().close();

  const without = await browser.visit(world.url, { javaScript: false });
  await without.context().addCookies(cookies);
  for (const [name, address] of Object.entries(pages)) {
    await without.goto(address);
    yield { name: `no-script-there-${name}`, page: without, opening: true };
  }
  await without.context().close();

  await page.goto('/write?to=beta');
  await page.route('**/api/trpc/photos.upload', (route) => route.abort('internetdisconnected'));
  const files = [jpeg('lake.jpg', await makePhoto(1, { width: 640, height: 480 }))];
  await person.fillLetter({ title: 'Stormy', body: 'Wind.', files });
  await person.press('Save as draft');
  await page.getByText('Waiting for a connection').waitFor();
  browser.takeProblems();
  yield { name: 'trouble-photos-wait', page };
  await person.press('Stop');
  browser.takeProblems();

  await emptyKeys(page);
  await page.goto('/inbox');
  await person.see('Unlock your letters');
  yield { name: 'keys-gone', page };
  await page.getByLabel('Password').fill('not the password');
  await person.press('Unlock');
  await person.complaint();
  yield { name: 'keys-gone-refused', page };
  await page.context().close();
  browser.takeProblems();
}

function emptyKeys(page: Page): Promise<unknown> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase('bff-keys').onsuccess = resolve;
      }),
  );
}

/** What a fresh start leaves: letters that stay sealed, and friends who are told of new keys. */
export async function* otherKeys(places: Places, alpha: Member, beta: Member): AsyncGenerator<Stop> {
  const { world } = places;
  const received = await sendLetter(world, alpha, beta, { title: 'Sealed to the old key' });
  const written = await sendLetter(world, beta, alpha, { title: 'Written with the old key' });
  await (await world.as(beta)).inClear.readLetter({ id: received });
  const { accounts } = await world.as(null);
  await accounts.requestReset({ email: beta.email });
  await world.settle();
  const mail = (await world.mails()).findLast(({ to }) => to === beta.email);
  const token = /\/reset\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
  const password = 'another quiet password';
  const session = await accounts.resetWithoutRecovery({
    token,
    understood: true,
    password,
    confirm: password,
  });
  const words = (await (await world.as(session)).accounts.recoveryPhrase()) ?? [];
  await confirmTwoWords(world, { token: session.token, words });
  const fresh = { ...beta, password, words, token: await logIn(world, beta.username, password) };
  const later = await sendLetter(world, fresh, alpha, { title: 'With new keys' }).catch(() => null);
  const draftId = newId();
  await (await world.as(alpha)).inClear.saveDraft({
    draftId,
    version: 0,
    to: beta.username,
    title: 'Is it you?',
    body: '…',
  });

  const [before, after] = [await sit(places, alpha), await sit(places, fresh)];
  yield* at(after, 'afresh', { locked: `/letters/${received}`, inbox: '/inbox', sent: '/sent' });
  yield* at(before, 'afresh', {
    'friend-changed': '/friends/beta/safety',
    'friend-changed-draft': `/friends/beta/safety?draft=${draftId}`,
    letter: `/letters/${written}`,
    ...(later && { 'letter-later': `/letters/${later}` }),
  });
  const { page } = before;
  await page.goto('/friends/beta/safety');
  await page.getByLabel('The number beta sees').fill('12345');
  await before.press('Compare');
  await page.getByText('The numbers don’t match.').waitFor();
  yield { name: 'afresh-compared', page };
  await before.press('They match: mark as verified');
  await page.getByText(/You compared/).waitFor();
  yield { name: 'afresh-verified', page };
  for (const { page } of [before, after]) await page.context().close();
}
