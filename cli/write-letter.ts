import { readFile } from 'node:fs/promises';
import { BffError, type SendProgress } from '../client/node.ts';
import { ask, readInput } from './ask.ts';
import { type Command, note, openClient, say, sayJson, text, texts } from './command.ts';

export const write: Command = {
  usage:
    'write --to NAME [--title TITLE] [--body FILE] [--photo FILE [--caption LINE] [--alt LINE]]… [--arrives WHEN]',
  about:
    'seal and send a letter; its text comes from standard input or a file, and it arrives now, tonight, in-three-days or on a date',
  options: {
    to: { type: 'string' },
    title: { type: 'string' },
    body: { type: 'string' },
    photo: { type: 'string', multiple: true },
    caption: { type: 'string', multiple: true },
    alt: { type: 'string', multiple: true },
    'stamp-idea': { type: 'string' },
    arrives: { type: 'string' },
  },
  async run(_words, values) {
    const client = await openClient();
    const to = text(values.to) ?? (await ask('To: '));
    const title = text(values.title) ?? (process.stdin.isTTY ? await ask('Title (optional): ') : '');
    const [captions, alts] = [texts(values.caption), texts(values.alt)];
    const photos = texts(values.photo).map((photo, n) => ({
      ...{ photo, caption: captions[n] ?? '', alt: alts[n] ?? '' },
    }));
    if (process.stdin.isTTY && !values.body) note('Write your letter, then press Ctrl+D on an empty line.');
    const body = values.body ? await readWords(String(values.body)) : await readInput();
    const stampIdea = text(values['stamp-idea']);
    const arrival = text(values.arrives);
    const onProgress = values.json ? undefined : showProgress;
    const { id } = await client.letters.send({ to, title, body, photos, stampIdea, arrival, onProgress });
    if (values.json) sayJson({ id });
    else say(`Your letter is on its way: ${id}`);
  },
};

export const callBack: Command = {
  usage: 'call-back ID',
  about: 'turn a letter that has not arrived yet into a draft again',
  words: [1, 1],
  async run([id = ''], values) {
    await (await openClient()).letters.callBack(id);
    if (values.json) sayJson({ draftId: id });
    else say('Called back. Your letter is a draft again.');
  },
};

async function readWords(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new BffError('not-found', `Can't read the file ${path}.`, { cause });
  }
}

function showProgress({ photo, photos, stage, note: sentence }: SendProgress): void {
  if (photo > 0) note(`photo ${photo} of ${photos}: ${sentence ?? stage}`);
}
