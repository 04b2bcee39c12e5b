import sharp from 'sharp';
import { newId } from '#core/id.ts';
import { makePhotos } from '#tests/support/make-photos.ts';
import { bytesOf, startBenchServer, text } from './bench-process.ts';
import { aim, measure, measureInTurn, printHeader, printRow, ratio } from './measure.ts';

/** As many as the first minutes of a server that somebody reads on. */
const warmUp = 60;

/** Sending text, beside what it cannot do without: an answer of Remix and an insert. */
export async function benchText(): Promise<void> {
  const { ask, send, insertFloor, stop } = await startBenchServer([10]);
  const insert = await insertFloor(60);
  const { line, send2, send20 } = await measureInTurn(
    60,
    {
      line: () => ask('/line'),
      send2: () => send(newId(), text(2_000)),
      send20: () => send(newId(), text(20_000)),
    },
    warmUp,
  );
  const floor = line.median + insert.median;
  printHeader('Send text');
  printRow('one insert, on the disk', insert, 4000);
  printRow('a Remix route of one line', line, (await ask('/line')).byteLength);
  printRow('send 2 KB', send2, 2_000, `${ratio(send2, floor, 3)} line + insert`);
  printRow('send 20 KB', send20, 20_000, `${ratio(send20, floor, 3)} line + insert`);
  await stop();
}

/** The floor of photos: decode, turn, shrink and encode both sizes, two at a time, and nothing else. */
async function sharpAlone(photos: Uint8Array<ArrayBuffer>[]): Promise<void> {
  const waiting = [...photos];
  const worker = async () => {
    for (let photo = waiting.pop(); photo; photo = waiting.pop()) {
      const upright = sharp(photo).rotate().resize(2048, 2048, { fit: 'inside', withoutEnlargement: true });
      const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
      const raw = { width: info.width, height: info.height, channels: info.channels };
      await Promise.all([
        sharp(data, { raw }).jpeg({ quality: 82, optimiseCoding: false }).toBuffer(),
        sharp(data, { raw })
          .resize(480, 480, { fit: 'inside' })
          .jpeg({ quality: 82, optimiseCoding: false })
          .toBuffer(),
      ]);
    }
  };
  await Promise.all([worker(), worker()]);
}

/** Sending photos, beside sharp alone. */
export async function benchPhotoLetters(): Promise<void> {
  const { send, stop } = await startBenchServer([10]);
  const eight = await makePhotos(8);
  const four = eight.slice(0, 4);
  const pictures = await measureInTurn(5, {
    sharp4: () => sharpAlone(four),
    send4: () => send(newId(), text(2_000), four),
    sharp8: () => sharpAlone(eight),
    send8: () => send(newId(), text(2_000), eight),
  });
  printHeader('Send photos of twelve megapixels');
  printRow('sharp alone, 4 photos', pictures.sharp4, bytesOf(four));
  const ratio4 = ratio(pictures.send4, pictures.sharp4.median);
  printRow('send 4 photos', pictures.send4, bytesOf(four), `${ratio4} sharp`);
  printRow('sharp alone, 8 photos', pictures.sharp8, bytesOf(eight));
  const ratio8 = ratio(pictures.send8, pictures.sharp8.median, 1.3);
  printRow('send 8 photos', pictures.send8, bytesOf(eight), `${ratio8} sharp`);
  await stop();
}

/** Opening a letter for its author, and its four photos. */
export async function benchOpen(): Promise<void> {
  const { ask, send, stop } = await startBenchServer([10]);
  const [plain, withPhotos] = [newId(), newId()];
  await send(plain, text(2_000));
  await send(withPhotos, text(2_000), await makePhotos(4));
  const open = (id: string) => ask(`/letters/${id}`, { as: 'gamma' });
  const previews = () =>
    Promise.all(
      [0, 1, 2, 3].map((n) => ask(`/letters/${withPhotos}/photos/${n}?size=preview`, { as: 'gamma' })),
    );
  const opened = await measureInTurn(
    60,
    {
      line: () => ask('/line'),
      plain: () => open(plain),
      photos: () => open(withPhotos),
    },
    warmUp,
  );
  printHeader('Open a letter');
  printRow('a Remix route of one line', opened.line, null);
  printRow(
    'open, no photos',
    opened.plain,
    (await open(plain)).byteLength,
    aim(opened.plain.median, 12, 'ms'),
  );
  printRow('open, 4 photos, the page', opened.photos, (await open(withPhotos)).byteLength);
  printRow('open, 4 photos, the previews', await measure(20, previews), bytesOf(await previews()));
  await stop();
}

/** The first page of small and full inboxes: beside one of ten letters, which is half a page, and beside a full one. */
export async function benchInbox(): Promise<void> {
  const { ask, stop } = await startBenchServer([10, 20, 1000, 5000]);
  const inbox = (as: string) => () => ask('/inbox', { as });
  const inboxes = await measureInTurn(
    60,
    {
      reader10: inbox('reader10'),
      reader20: inbox('reader20'),
      reader1000: inbox('reader1000'),
      reader5000: inbox('reader5000'),
    },
    warmUp,
  );
  printHeader('Inbox, twenty letters a page');
  for (const [as, figures] of Object.entries(inboxes)) {
    const aimed = as === 'reader5000' ? 1.2 : undefined;
    const against = [
      `${ratio(figures, inboxes.reader10.median, aimed)} ten`,
      `${ratio(figures, inboxes.reader20.median)} twenty`,
    ];
    printRow(
      `${as.slice('reader'.length)} letters`,
      figures,
      (await inbox(as)()).byteLength,
      against.join(', '),
    );
  }
  const stamps = String(await inbox('reader20')()).match(/\/stamps\/[0-9a-f]+\.svg/g) ?? [];
  const drawn = () => Promise.all(stamps.map((stamp) => ask(stamp)));
  const [size, first] = [bytesOf(await drawn()), await measure(20, drawn)];
  printRow(`the ${stamps.length} stamps of a page, once a month`, first, size);
  await stop();
}
