import { newId } from '#core/id.ts';
import { type Person as Member, sendLetter } from './journey-people.ts';
import type { Stop } from './tour.ts';
import { at, type Places, sit } from './tour-places.ts';

const proof = ({ password }: Member) => ({ proof: { password } });

/** Settings in which something is under way. */
export async function* settings(places: Places, beta: Member): AsyncGenerator<Stop> {
  const { world } = places;
  const api = await world.as(beta);
  for (const agent of [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'Mozilla/5.0 (Android 15; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0',
    'something else',
  ]) {
    const { accounts } = await world.as(null, '192.0.2.77', undefined, agent);
    await accounts.logIn({ username: beta.username, password: beta.password });
  }
  await api.emailChange.request({
    email: 'a-rather-long-address-of-beta@somewhere-else.example.test',
    ...proof(beta),
  });
  await api.notifications.setMobile({ mobile: '+49 1555 0100100' });
  const person = await sit(places, beta);
  yield* at(person, 'settings', {
    devices: '/settings/devices',
    activity: '/settings/activity',
    email: '/settings/email',
    mobile: '/settings/notifications',
  });
  await api.notifications.confirmMobile({ code: await textedCode(world) });
  yield* at(person, 'settings', {
    'mobile-confirmed': '/settings/notifications',
    'mobile-profile': '/settings/profile',
  });
  const userId = (await world.container.stores.users.findByUsername(beta.username))?.id ?? '';
  for (const name of ['Phone', 'The grey key on the ring with the lighthouse'])
    await world.container.stores.passkeys.insert({
      id: newId(),
      userId,
      name: name.slice(0, 40),
      credentialId: newId(),
      publicKey: new Uint8Array(8),
      counter: '0',
      transports: [],
      createdAt: world.container.now(),
    });
  yield* at(person, 'settings', { passkeys: '/settings/two-factor' });
  // The log-ins after this one are without.
  await world.container.stores.passkeys.deleteByUser(userId);
  await api.deletion.ask({ username: beta.username, ...proof(beta) });
  yield* at(person, 'settings', {
    deletion: '/settings/delete',
    'deletion-just-asked': '/settings/delete?done=asked',
    'deletion-everywhere': '/inbox',
    'deletion-write': '/write',
  });
  await api.deletion.cancel();
  yield* at(person, 'settings', { kept: '/settings?done=kept' });
  await person.page.context().close();
}

async function textedCode(world: Places['world']): Promise<string> {
  await world.settle();
  const said = (await world.mails()).findLast(({ to }) => to.startsWith('+'))?.text ?? '';
  return /^\d{6}/.exec(said)?.[0] ?? '';
}

/** A copy of everything: refused, and in a sealed session under way and made. Without scripts the answer is a file. */
export async function* copying(places: Places, alpha: Member): AsyncGenerator<Stop> {
  const person = await sit(places, alpha);
  const { page } = person;
  const ask = async (password: string) => {
    await page.getByLabel('Your password').fill(password);
    await person.press('Download my letters');
  };
  await page.goto('/settings/export');
  await ask('not the password');
  await person.complaint();
  yield { name: 'export-refused', page };
  if (places.javaScript) {
    let goOn = () => {};
    const looked = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route(/letters\.sent/, (route) => looked.then(() => route.continue()));
    await ask(alpha.password);
    await page.getByRole('button', { name: /^Opening \d+ letters/ }).waitFor();
    yield { name: 'export-making', page };
    goOn();
    await page.getByText('Done: ').waitFor();
    yield { name: 'export-made', page };
  }
  await page.context().close();
}

/** Pages that are come to by the links in mails. */
export async function* links(
  { world, browser, javaScript }: Places,
  alpha: Member,
  beta: Member,
): AsyncGenerator<Stop> {
  await sendLetter(world, alpha, beta);
  const page = await browser.visit(world.url, { javaScript });
  const mails = await world.mails();
  const linkTo = (to: string | RegExp, path: RegExp) =>
    mails
      .filter((mail) => (typeof to === 'string' ? mail.to === to : to.test(mail.to)))
      .map(({ text }) => path.exec(text)?.[0])
      .findLast(Boolean) ?? '/';
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const stop = (name: string): Stop => ({ name: `link-${name}`, page });

  await page.goto(linkTo(beta.email, /\/unsubscribe\/[\w-]+/));
  yield stop('unsubscribe');
  await press('Unsubscribe');
  await page.getByRole('heading', { name: 'You’re unsubscribed' }).waitFor();
  yield stop('unsubscribed');
  await page.goto(linkTo(/^a-rather/, /\/email\/[\w-]+/));
  yield stop('email-new');
  await press('Yes, it’s mine');
  await page.getByRole('button', { name: 'Yes, it’s mine' }).waitFor({ state: 'detached' });
  yield stop('email-agreed');
  await page.goto(linkTo(beta.email, /\/email\/[\w-]+/));
  yield stop('email-old');
  await page.goto(`/email/${'0'.repeat(43)}`);
  yield stop('email-spent');
  await page.goto('/forgot');
  await page.getByLabel('Email').fill(beta.email);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Check your email' }).waitFor();
  yield stop('forgot-sent');
  await page.goto(`/reset/${'0'.repeat(43)}/afresh`);
  yield stop('afresh-spent');
  await page.context().close();
}
