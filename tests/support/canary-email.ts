import type { Mark } from './canary-search.ts';
import { password } from './canary-secrets.ts';
import type { Visitor } from './http-client.ts';
import type { Installation } from './installation.ts';

const settings = '/settings/email';
const addresses = ['alpha@example.test', 'alpha.kanarie@example.test'] as const;

/** Changes the address by the links in both mails: each is known to its mailbox and to who opens it. */
export async function changeEmail(
  world: Installation,
  alpha: Visitor,
): Promise<{ links: Mark[]; addresses: Mark[] }> {
  const [, email] = addresses;
  await alpha.post(settings, { email, current: `${password}x` });
  await alpha.post(settings, { email, current: password });
  await world.settle();
  const tokens = await Promise.all(addresses.map((to) => linkTo(world, to)));
  for (const token of tokens) {
    await alpha.get(`/email/${token}`);
    await alpha.get(`/email/${token}.data`);
    const { status } = await alpha.post(`/email/${token}`, { intent: 'yes' });
    if (status !== 200) throw new Error(`a link that did its work was answered ${status}`);
    await alpha.get(`/email/${token}`);
  }
  if (!(await alpha.get(settings)).text.includes(`<strong>${email}`)) throw new Error('it was not changed');
  return {
    links: tokens.map((secret) => ({ name: 'link of an e-mail change', secret })),
    addresses: addresses.map((secret) => ({ name: 'address', secret })),
  };
}

async function linkTo(world: Installation, to: string): Promise<string> {
  const mail = (await world.mails()).find((sent) => sent.to === to && sent.text.includes('/email/'));
  const token = /\/email\/([\w-]{43})\b/.exec(mail?.text ?? '')?.[1];
  if (!token) throw new Error(`no link for ${to}`);
  return token;
}
