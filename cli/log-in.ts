import { createBffClient, type SavedSession } from '../client/node.ts';
import { ask, readInput } from './ask.ts';
import { type Command, say, sayJson, text } from './command.ts';
import { loadSession, saveSession } from './session-file.ts';

export const login: Command = {
  usage: 'login URL [--username NAME] [--password-stdin]',
  about: 'log in at an installation',
  words: [1, 1],
  options: { username: { type: 'string' }, 'password-stdin': { type: 'boolean' } },
  async run([url = ''], values) {
    // With the password on its first line; a second one is the code of the second factor.
    const given = values['password-stdin'] ? (await readInput()).split(/\r?\n/) : null;
    const username = text(values.username) ?? (await ask('Username: '));
    const password = given?.[0] ?? (await ask('Password: ', { secret: true }));
    const client = createBffClient({ url: addressOf(url) });
    await client.logIn({ username, password, secondFactor: () => given?.[1] || ask('Code: ') });
    if (client.session) await saveSession(await withKnownPins(client.session));
    if (values.json) sayJson({ username: client.session?.username, url: client.session?.url });
    else say(`You are logged in as ${client.session?.username}.`);
  },
};

/** A name alone means HTTPS, except on this machine. */
function addressOf(typed: string): string {
  if (/^https?:\/\//i.test(typed)) return new URL(typed).origin;
  return new URL(`${/^(localhost|127\.|\[::1\])/.test(typed) ? 'http' : 'https'}://${typed}`).origin;
}

/** A server that has ended a session is not to make this machine forget what it knows of friends' keys. */
async function withKnownPins(session: SavedSession): Promise<SavedSession> {
  const before = await loadSession().catch(() => null);
  const isSame = before?.url === session.url && before.userId === session.userId;
  return isSame ? { ...session, pins: before.pins } : session;
}
