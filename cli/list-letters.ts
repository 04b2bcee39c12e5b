import { type ListedLetter, titleOr } from '../client/node.ts';
import { type Command, openClient, say, sayJson } from './command.ts';
import { printableLine, untitled } from './printable.ts';

const firstPage = 20;

const listing = (name: 'inbox' | 'sent', about: string): Command => ({
  usage: `${name} [--all]`,
  about,
  options: { all: { type: 'boolean' } },
  async run(_words, { all, json }) {
    const client = await openClient();
    const letters: ListedLetter[] = [];
    for await (const letter of client.letters[name]()) {
      letters.push(letter);
      if (!all && letters.length === firstPage) break;
    }
    if (json) return sayJson(letters);
    if (letters.length === 0) say('No letters yet.');
    for (const { id, at, friend, status, title } of letters) {
      const shown = titleOr(
        title,
        title === null ? (name === 'inbox' && status !== 'read' ? '(closed)' : '(sealed)') : untitled,
      );
      say(
        `${id}  ${at.toISOString().slice(0, 16).replace('T', ' ')}  ${friend.username.padEnd(15)}  ${printableLine(shown)}`,
      );
    }
  },
});

export const inbox = listing('inbox', 'letters you received, newest first');
export const sent = listing('sent', 'letters you sent, newest first');
