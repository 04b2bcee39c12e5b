import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { renderToPipeableStream, renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { coalesceChunks } from '#app/http/coalesce-chunks.server.ts';

const words = ['Dear you, ', 'مرحبا, ', '🐈 ', 'e\u0301 and ö ', '好好 '];

/** A page of many short texts, which come to lie differently in React's buffer with each beginning. */
function Page({ start }: { start: number }) {
  const lines = Array.from({ length: 600 }, (_, n) => words[n % words.length]);
  return (
    <div title={'x'.repeat(start)}>
      {lines.map((line, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves
        <p key={n}>{line}</p>
      ))}
    </div>
  );
}

const rendered = (start: number, through: NodeJS.ReadWriteStream) =>
  new Promise<Buffer>((resolve, reject) => {
    const stream = renderToPipeableStream(<Page start={start} />, {
      onError: reject,
      onAllReady: () => {
        stream.pipe(through as PassThrough);
        buffer(through as PassThrough).then(resolve, reject);
      },
    });
  });

describe('a page with characters of several bytes', () => {
  it('has none in it that nobody has written, wherever React’s buffer ends', async () => {
    let spoilt = 0;
    for (let start = 0; start < 40; start += 1) {
      const whole = renderToString(<Page start={start} />);
      expect((await rendered(start, coalesceChunks())).toString()).toBe(whole);
      if ((await rendered(start, new PassThrough())).includes(0)) spoilt += 1;
    }
    // Once React has mended it, the stream can go.
    expect(spoilt).toBeGreaterThan(0);
  });
});
