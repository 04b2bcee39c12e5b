import { BffError, titleOr } from '../client/node.ts';
import { type Command, note, openClient, say, sayJson, text } from './command.ts';
import { printableLine, untitled } from './printable.ts';
import { savePhotos } from './save-photos.ts';

const cannot = {
  damaged: "This letter is damaged or has been tampered with, so it isn't shown.",
  locked: "This letter was sealed with keys you've since replaced.",
};

export const read: Command = {
  usage: 'read ID [--photos FOLDER]',
  about: 'open a letter',
  words: [1, 1],
  options: { photos: { type: 'string' } },
  async run([id = ''], values) {
    const client = await openClient();
    const letter = await client.letters.open(id);
    const { content, seal } = letter;
    if (!content) throw new BffError('damaged', cannot[seal === 'locked' ? 'locked' : 'damaged']);
    const folder = text(values.photos);
    const files = folder ? await savePhotos(letter, folder) : [];
    if (values.json) return sayJson({ ...letter, files });
    if (letter.authorKeyIsLater)
      note(
        "The author's key isn't the one you know, and the letter claims to be newer than the key you know. It may not be from them.",
      );
    else if (!letter.authorKeySeen)
      note("The author's key isn't the one you know. Compare your safety numbers.");
    if (letter.friendKey?.withheld)
      note("The server's list of your friends' keys is older than the one saved here. See bff friends NAME.");
    if (letter.friendKey?.formerName)
      note(`Until recently, your friend was called ${printableLine(letter.friendKey.formerName)}.`);
    say(printableLine(titleOr(content.title, untitled)));
    say(
      `from ${letter.author.username} to ${letter.receiver.username}, ${letter.sentAt.toISOString().slice(0, 10)}\n`,
    );
    say(content.body);
    if (content.photos.length > 0) say('');
    for (const [n, { caption, alt, width, height }] of content.photos.entries()) {
      const file = files[n] === null ? 'damaged, not saved' : (files[n] ?? '');
      say(
        `[photo ${n + 1}: ${width} × ${height}${caption ? `, ${printableLine(caption)}` : ''}${alt ? `; it shows ${printableLine(alt)}` : ''}] ${file}`.trim(),
      );
    }
  },
};
