import type { KeyStatus } from '../client/node.ts';
import { type Command, note, openClient, say, sayJson } from './command.ts';
import { printableLine } from './printable.ts';

const notChecked = "You are friends, but their key couldn't be checked. Compare the number: bff friends NAME";

export const friends: Command = {
  usage: 'friends [NAME [--compared] | --invite | --accept LINK]',
  about: 'list your friends and your code; show a safety number or mark it as compared; invite a friend',
  words: [0, 1],
  options: { compared: { type: 'boolean' }, invite: { type: 'boolean' }, accept: { type: 'string' } },
  async run([username], { json, compared, invite, accept }) {
    const client = await openClient();
    if (invite) {
      const { link, expiresAt } = await client.friends.invite();
      if (json) return sayJson({ link, expiresAt });
      note(`For one friend, until ${expiresAt.toISOString().slice(0, 10)}. It can't be shown again:`);
      return say(link);
    }
    if (typeof accept === 'string') {
      const { keyChecked } = await client.friends.acceptInvitation(accept);
      if (json) return sayJson({ keyChecked });
      return say(keyChecked ? 'You are friends. Their key is the one in the link.' : notChecked);
    }
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
    for (const { username: name } of lists.asking) say(`${name.padEnd(15)}  wants to be your friend`);
    for (const { username: name } of lists.asked) say(`${name.padEnd(15)}  hasn't answered yet`);
    say(`Your friend code: ${code}`);
  },
};

function inWords({ trust, at, withheld, takenOver }: KeyStatus): string {
  const day = at === null ? '' : ` on ${new Date(at).toISOString().slice(0, 10)}`;
  if (withheld)
    return "The server's list of your friends' keys is missing, or older than the one saved here. Ask the people who run the server. Then compare the number and run: bff friends NAME --compared";
  if (trust === 'changed') return 'The key has changed. Compare the number before you write.';
  if (trust === 'verified')
    return `You compared this key${day}.${takenOver ? ' That was before this device first saw it: compare it again to be certain.' : ''}`;
  return `First seen${day}, not compared yet. Until you do, you're trusting the server that it's theirs.`;
}
