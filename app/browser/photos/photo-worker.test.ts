import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MINUTE } from '#core/durations.ts';

/** A worker as the page sees one. */
class FakeWorker {
  static made: FakeWorker[] = [];
  asked: { id: number; ask: string }[] = [];
  ended = false;
  onmessage: (event: { data: object }) => void = () => {};
  constructor() {
    FakeWorker.made.push(this);
  }
  postMessage(question: { id: number; ask: string }) {
    this.asked.push(question);
  }
  terminate() {
    this.ended = true;
  }
}

beforeEach(() => {
  FakeWorker.made = [];
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('trustedTypes', { createPolicy: () => ({ createScriptURL: (path: string) => path }) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function openWorker() {
  const { createPhotoWorker } = await import('#app/browser/photos/photo-worker.ts');
  const page = createPhotoWorker();
  const open = () => page.open({} as Parameters<typeof page.open>[0]);
  return { page, open };
}
const questions = ({ asked }: FakeWorker) => asked.map(({ ask }) => ask);

test('a photo worker that was ended without a word is noticed, and the next photo gets another one', async () => {
  const { open } = await openWorker();
  const photo = open();
  const refused = expect(photo).rejects.toThrow(/low on memory.*Nothing is lost/);
  await vi.advanceTimersByTimeAsync(30_000);
  await refused;
  const [first] = FakeWorker.made;
  expect(first?.ended).toBe(true);

  const next = open();
  expect(FakeWorker.made).toHaveLength(2);
  const [, second] = FakeWorker.made;
  const opened = new Blob(['a photo']);
  second?.onmessage({ data: { id: second.asked[0]?.id, opened } });
  expect(await next).toBe(opened);
});

test('one that is slow and there is waited for, and one that has nothing to do is left alone', async () => {
  const { open } = await openWorker();
  const photo = open();
  const [worker] = FakeWorker.made;
  if (!worker) throw new Error('no worker');
  worker.postMessage = function (question) {
    this.asked.push(question);
    if (question.ask === 'alive') this.onmessage({ data: { alive: true } });
  };
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(questions(worker)).toContain('alive');
  const opened = new Blob(['a photo']);
  worker.onmessage({ data: { id: worker.asked[0]?.id, opened } });
  expect(await photo).toBe(opened);
  expect(vi.getTimerCount()).toBe(0);
  expect(worker.ended).toBe(false);
});

test('what is stopped by hand leaves nothing running', async () => {
  const { page, open } = await openWorker();
  const stopped = expect(open()).rejects.toMatchObject({ name: 'PhotosCancelled' });
  page.cancel();
  await stopped;
  expect(vi.getTimerCount()).toBe(0);
});
