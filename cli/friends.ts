import { type Command, openClient, say, sayJson } from './command.ts';
import { printableLine } from './printable.ts';

export const friends: Command = {
  usage: 'friends [NAME]',
  about: 'your friends and your code; with a name, the safety number',
  words: [0, 1],
  async run([username], { json }) {
    const client = await openClient();
    if (username) {
      const { digits, trust } = await client.friends.safetyNumber(username);
      if (json) return sayJson({ username, safetyNumber: digits, trust });
      say(digits.replace(/(.{5})(?=.)/g, '$1 '));
      return say(
        trust === 'changed'
          ? 'The key has changed: compare the number before you write.'
          : `This key is ${trust}.`,
      );
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
