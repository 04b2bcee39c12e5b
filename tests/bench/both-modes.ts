import { newId } from '#core/id.ts';
import { makePhotos } from '#tests/support/make-photos.ts';
import { createBffClient } from '../../client/node.ts';
import { type BenchServer, startBenchServer, text } from './bench-process.ts';
import { aim, printCells } from './measure.ts';

const letters = 8;
const photosEach = 4;
const previews = Array.from({ length: photosEach }, (_, n) => n);

/**
 * Processor time that one letter with four photos costs the server, sent and delivered, its page opened by the friend and
 * its previews fetched: with its keys in the session, and with its keys at home. The machine's noise is in it less than in
 * a clock.
 */
export async function benchBothModes(): Promise<void> {
  const server = await startBenchServer([10]);
  const photos = await makePhotos(photosEach);
  const sealed = await logInSealed(server);
  const ways = {
    assisted: async () => {
      const id = newId();
      await server.send(id, text(2_000), photos);
      await settled();
      await server.ask(`/letters/${id}`, { as: 'reader10' });
      for (const n of previews)
        await server.ask(`/letters/${id}/photos/${n}?size=preview`, { as: 'reader10' });
    },
    sealed: async () => {
      const { id } = await sealed.gamma.letters.send({
        to: 'reader10',
        title: 'A letter to measure',
        body: text(2_000),
        photos,
      });
      await settled();
      // What a browser asks for: the page with the letter sealed in it, and what it opens itself.
      await server.ask(`/letters/${id}`, { cookie: sealed.reader.session?.token });
      for (const n of previews) {
        const path = `/letters/${id}/photos/${n}?size=preview`;
        await server.ask(path, { cookie: sealed.reader.session?.token });
      }
    },
  };
  const spent = { assisted: [] as number[], sealed: [] as number[] };
  for (let n = -3; n < letters; n += 1) {
    for (const mode of ['assisted', 'sealed'] as const) {
      const before = (await server.spent()).cpuMs;
      await ways[mode]();
      await settled();
      if (n >= 0) spent[mode].push((await server.spent()).cpuMs - before);
    }
  }
  // Not medians: what one letter leaves to be tidied away, a later one pays for.
  const [assisted, ours] = [mean(spent.assisted), mean(spent.sealed)];
  console.log(`\nProcessor time of the server for a letter of ${photosEach} photos, sent and read`);
  printCells(['', 'mean', 'most', '', 'against']);
  printCells(['assisted', `${assisted.toFixed(0)} ms`, `${Math.max(...spent.assisted).toFixed(0)} ms`]);
  const share = `${(ours / assisted).toFixed(2)} of it, ${aim(ours / assisted, 0.2)}`;
  printCells(['sealed', `${ours.toFixed(0)} ms`, `${Math.max(...spent.sealed).toFixed(0)} ms`, '', share]);
  await server.stop();
}

async function logInSealed({ url, password }: BenchServer) {
  const [gamma, reader] = [createBffClient({ url }), createBffClient({ url })];
  await gamma.logIn({ username: 'gamma', password });
  await reader.logIn({ username: 'reader10', password });
  return { gamma, reader };
}

/** Deliveries go on behind an answer. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
