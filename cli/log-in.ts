import { BffError, createBffClient, isLoopback } from '../client/node.ts';
import { ask, readInput } from './ask.ts';
import { type Command, say, sayJson, text } from './command.ts';
import { recallLogIn, rememberLogIn } from './remembered-logins.ts';
import { rememberPins, withRememberedPins } from './remembered-pins.ts';
import { loadSession, saveSession } from './session-file.ts';

export const login: Command = {
  usage: 'login URL [--username NAME] [--password-stdin] [--accept-change]',
  about: 'log in to a server',
  words: [1, 1],
  options: {
    username: { type: 'string' },
    'password-stdin': { type: 'boolean' },
    'accept-change': { type: 'boolean' },
  },
  async run([url = ''], values) {
    // The first line is the password, the second one the second-factor code.
    const address = addressOf(url);
    const given = values['password-stdin'] ? (await readInput()).split(/\r?\n/) : null;
    const username = text(values.username) ?? (await ask('Username: '));
    const password = given?.[0] ?? (await ask('Password: ', { secret: true }));
    const client = createBffClient({ url: address });
    // Older versions kept pins only in the session.
    const last = await loadSession().catch(() => null);
    if (last) await rememberPins(last);
    await client.logIn({
      username,
      password,
      secondFactor: () => given?.[1] || ask('Code: '),
      remembered: await recallLogIn(address, username),
      acceptChange: async (change) =>
        values['accept-change'] === true || (given === null && (await askAbout(change))),
    });
    if (client.session) {
      await saveSession(await withRememberedPins(client.session));
      await rememberLogIn(client.session);
    }
    if (values.json) sayJson({ username: client.session?.username, url: client.session?.url });
    else say(`You're logged in as ${client.session?.username}.`);
  },
};

const questions = {
  weaker:
    "The server is asking for weaker protection of your password than at your last login from here.\nThat shouldn't happen, and could help someone guess your password.",
  replaced: 'Your password has changed since your last login from here.',
};

/** Asks the user; without a terminal, only `--accept-change` accepts. */
async function askAbout(change: keyof typeof questions): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  return /^y(es)?$/i.test((await ask(`${questions[change]}\nLog in anyway? (yes/no) `)).trim());
}

/**
 * Reads the address. A bare name means HTTPS, except on this machine: over plain HTTP, anyone on
 * the network could change the server's answers.
 */
function addressOf(typed: string): string {
  const named = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  const secure = URL.parse(named ? typed : `https://${typed}`);
  const url = secure && !named && isLoopback(secure.hostname) ? URL.parse(`http://${typed}`) : secure;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw new BffError(
      'invalid-input',
      `"${typed}" isn't a web address. Use one like https://letters.example.`,
    );
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    const message = `bff uses plain http only on this machine, and ${url.hostname} is another one. Use https://${url.host}.`;
    throw new BffError('invalid-input', message);
  }
  return url.origin;
}
