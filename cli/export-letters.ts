import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, note, openClient, say, sayJson } from './command.ts';
import { savePhotos } from './save-photos.ts';

export const exportLetters: Command = {
  usage: 'export FOLDER',
  about: 'save all letters and photos, decrypted, in a folder',
  words: [1, 1],
  async run([folder = ''], { json }) {
    const client = await openClient();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const [letters, sealed]: [string[], string[]] = [[], []];
    for await (const letter of client.export()) {
      const { content, id } = letter;
      if (!content) {
        sealed.push(id);
        continue;
      }
      const photos = content.photos.length > 0 ? await savePhotos(letter, join(folder, 'photos')) : [];
      const { photo: _, ...facts } = letter;
      const options = { mode: 0o600 };
      await writeFile(
        join(folder, `${id}.json`),
        `${JSON.stringify({ ...facts, files: photos }, null, 2)}\n`,
        options,
      );
      await writeFile(
        join(folder, `${id}.txt`),
        [content.title, content.body].filter(Boolean).join('\n\n').concat('\n'),
        options,
      );
      letters.push(id);
      if (!json) note(letters.length === 1 ? '1 letter' : `${letters.length} letters`);
    }
    if (json) return sayJson({ folder, letters, sealed });
    say(`Saved ${letters.length === 1 ? '1 letter' : `${letters.length} letters`} in ${folder}.`);
    if (sealed.length > 0) say(`${sealed.length} couldn't be opened.`);
  },
};
