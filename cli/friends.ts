import type { KeyStatus } from '../client/node.ts';
import { type Command, openClient, say, sayJson } from './command.ts';
import { printableLine } from './printable.ts';

export const friends: Command = {
  usage: 'friends [NAME [--compared]]',
  about: 'your friends and your code; with a name, the safety number, and that you have compared it',
  words: [0, 1],
  options: { compared: { type: 'boolean' } },
  async run([username], { json, compared }) {
    const client = await openClient();
    if (username) {
      if (compared) await client.friends.trustKey(username, { verified: true });
      const { digits, ...status } = await client.friends.safetyNumber(username);
      if (json) return sayJson({ username, safetyNumber: digits, ...status });
      say(digits.replace(/(.{5})(?=.)/g, '$1 '));
      return say(inWords(status));
    }
    const [lists, code] = await Promise.all([client.friends.list(), client.friends.code()]);
    if (json) return sayJson({ ...lists, code });
    for (const friend of lists.friends)
      say(`${friend.username.padEnd(15)}  ${printableLine(friend.displayName)}`);
    for (const { username: name } of lists.asking) say(`${name.padEnd(15)}  asks to be your friend`);
    for (const { username: name } of lists.asked) say(`${name.padEnd(15)}  has not answered yet`);
    say(`Your friend code: ${code}`);
  },
};

function inWords({ trust, at, withheld, takenOver }: KeyStatus): string {
  const day = at === null ? '' : ` on ${new Date(at).toISOString().slice(0, 10)}`;
  if (withheld)
    return "The server's list of your friends' keys is older than the one kept here, or gone. Ask whoever runs it; compare the number, then: bff friends NAME --compared";
  if (trust === 'changed') return 'The key has changed: compare the number before you write.';
  if (trust === 'verified')
    return `You compared this key${day}.${takenOver ? ' That was before it was known here: to be certain, compare it again.' : ''}`;
  return `First seen${day}, not compared yet: until you do, you trust the server that it is theirs.`;
}
