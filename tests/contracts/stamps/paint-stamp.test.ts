import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { letterStamp } from '#server/stamps/stamp.jobs.ts';
import { PainterRefused, PainterUnavailable } from '#server/stamps/stamp-painter.ts';
import { FakeClock } from '#tests/support/fake-clock.ts';
import { htmlFile } from '#tests/support/make-hostile-photos.ts';
import { somePicture } from '#tests/support/painter-server.ts';
import { createWorkerBench, type WorkerBench } from '#tests/support/worker-deps.ts';
import { createWorker, type RunningWorker } from '#worker/create-worker.ts';
import { paintStamp } from '#worker/paint-stamp.ts';

const idea = 'three cats CANARY-IDEA';
/** The stopped clock of these tests lies in the past of the database's own. */
const farOff = new Date(Date.UTC(2200, 0, 1));
let clock: FakeClock;
let bench: WorkerBench;
let alpha: string;
let beta: string;
/** What the painter was shown. */
let shown: string[];
/** How it ends, call by call; then it paints. */
let endings: Error[];

beforeEach(async () => {
  clock = new FakeClock();
  bench = await createWorkerBench(clock);
  [alpha, beta] = [await bench.addUser('alpha'), await bench.addUser('beta')];
  [shown, endings] = [[], []];
  bench.deps.painter = {
    async paint(phrase) {
      shown.push(phrase);
      const ending = endings.shift();
      if (ending) throw ending;
      return somePicture();
    },
  };
});
afterEach(() => bench.close());

async function letterWithIdea(forgetAt = farOff): Promise<string> {
  const letterId = await bench.addLetter(alpha, beta);
  await keep(letterId, forgetAt);
  return letterId;
}

async function keep(letterId: string, forgetAt = farOff): Promise<void> {
  const sealed = await bench.deps.serverKeys.sealIdea(letterId, idea);
  await bench.stores.stampIdeas.insert({ id: letterId, idea: sealed, forgetAt });
}

const waits = async (letterId: string) => (await bench.stores.stampIdeas.find(letterId)) !== null;
const hasStamp = (letterId: string) => bench.stores.stampPictures.has(letterId);
const paint = (letterId: string) => paintStamp(bench.deps, { letterId });

describe('painting a stamp', () => {
  it('shows the idea once, keeps the picture and forgets the idea', async () => {
    const letterId = await letterWithIdea();
    expect(await paint(letterId)).toBe('painted');
    expect(shown).toEqual([idea]);
    expect(await waits(letterId)).toBe(false);
    const stamp = await bench.stores.stampPictures.find(letterId);
    expect(stamp?.sealedForAuthor).not.toBeNull();
    expect(stamp?.sealedForReceiver).not.toBeNull();
    expect(await paint(letterId)).toBe('no idea');
    expect(shown).toHaveLength(1);
  });

  it('five times at once leaves one stamp that stays', async () => {
    const letterId = await letterWithIdea();
    await Promise.all(Array.from({ length: 5 }, () => paint(letterId)));
    const first = await bench.stores.stampPictures.find(letterId);
    await keep(letterId);
    expect(await paint(letterId)).toBe('painted before');
    expect(await waits(letterId)).toBe(false);
    expect(await bench.stores.stampPictures.find(letterId)).toEqual(first);
  });

  it('after a crash between picture and forgetting only forgets', async () => {
    const letterId = await letterWithIdea();
    await bench.stores.stampPictures.insert({
      id: letterId,
      picture: new Uint8Array(3),
      paintedAt: new Date(),
    });
    expect(await paint(letterId)).toBe('painted before');
    expect([shown, await waits(letterId)]).toEqual([[], false]);
  });

  it('forgets the idea of a letter that is gone, that is too old, or that nobody paints', async () => {
    const gone = newId();
    await keep(gone);
    expect(await paint(gone)).toBe('gone');
    const old = await letterWithIdea();
    bench.deps.now = () => new Date(farOff.getTime() + 1);
    expect(await paint(old)).toBe('too late');
    bench.deps.painter = null;
    const unpainted = await letterWithIdea();
    expect(await paint(unpainted)).toBe('no painter here');
    expect(await Promise.all([gone, old, unpainted].map(waits))).toEqual([false, false, false]);
    expect(shown).toEqual([]);
  });

  it('seals only to who can still open the letter, and paints for nobody else', async () => {
    const publicKey = new Uint8Array(32).fill(9);
    const resetWithoutRecovery = async (userId: string) => {
      const user = await bench.stores.users.findById(userId);
      if (!user) throw new Error('nobody');
      const { id: _, ...fields } = user;
      const replaced = { ...fields, keyEpoch: 2, identityPublicKey: publicKey };
      await bench.stores.users.replaceKeys(user, replaced, new Date());
    };
    const first = await letterWithIdea();
    const second = await letterWithIdea();
    await resetWithoutRecovery(beta);
    expect(await paint(first)).toBe('painted');
    expect(await bench.stores.stampPictures.find(first)).toMatchObject({
      sealedForAuthor: expect.any(Uint8Array),
      sealedForReceiver: null,
    });
    await resetWithoutRecovery(alpha);
    expect(await paint(second)).toBe('nobody to see it');
    expect([shown.length, await waits(second)]).toEqual([1, false]);
  });

  it('takes nothing from a painter but a picture, and forgets the idea', async () => {
    const letterId = await letterWithIdea();
    bench.deps.painter = { paint: async () => htmlFile() };
    await expect(paint(letterId)).rejects.toMatchObject({ name: 'UnrecoverableError' });
    expect([await waits(letterId), await hasStamp(letterId)]).toEqual([false, false]);
  });

  it('gives up an idea that was changed in the database', async () => {
    const letterId = await letterWithIdea();
    await bench.stores.stampIdeas.forget(letterId);
    const another = await bench.deps.serverKeys.sealIdea(newId(), idea);
    await bench.stores.stampIdeas.insert({ id: letterId, idea: another, forgetAt: farOff });
    await expect(paint(letterId)).rejects.toThrow('idea-damaged');
    expect([shown, await waits(letterId)]).toEqual([[], false]);
  });
});

describe('the job', () => {
  let worker: RunningWorker;
  const start = () => {
    worker = createWorker(bench.driver, bench.deps);
  };
  afterEach(() => worker.close());

  /** Real time passes while sharp works; a minute of the queue's time takes four of these. */
  async function elapse(minutes: number): Promise<void> {
    for (let quarter = 0; quarter < 4 * minutes; quarter += 1) {
      await clock.advance(15_000);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }

  it('is tried three times in all while the painter is away, and then paints', async () => {
    const letterId = await letterWithIdea();
    endings = [new PainterUnavailable('service-429'), new PainterUnavailable('timeout')];
    start();
    await enqueue(bench.driver.queue, letterStamp, { letterId });
    await elapse(3);
    expect(shown).toEqual([idea, idea, idea]);
    expect([await hasStamp(letterId), await waits(letterId)]).toEqual([true, false]);
  });

  it('forgets the idea when the painter stays away; the letter keeps its drawn stamp', async () => {
    const letterId = await letterWithIdea();
    endings = Array.from({ length: 9 }, () => new PainterUnavailable('service-503'));
    start();
    await enqueue(bench.driver.queue, letterStamp, { letterId });
    await elapse(0.25);
    expect(await waits(letterId)).toBe(true);
    await elapse(20);
    expect(shown).toHaveLength(3);
    expect([await hasStamp(letterId), await waits(letterId)]).toEqual([false, false]);
    expect(bench.logged).toContainEqual({ level: 'error', event: 'stamp not painted', fields: { letterId } });
  });

  it('asks once when it is refused, and forgets the idea', async () => {
    const letterId = await letterWithIdea();
    endings = [new PainterRefused('service-401')];
    start();
    await enqueue(bench.driver.queue, letterStamp, { letterId });
    await elapse(3);
    expect(shown).toEqual([idea]);
    expect([await hasStamp(letterId), await waits(letterId)]).toEqual([false, false]);
    const [failed] = bench.logged.filter(({ event }) => event === 'job failed for good');
    expect(failed?.fields).toMatchObject({ job: 'letter.stamp', attempt: 1 });
  });

  it('that was lost is made up for by a sweep, ten minutes later and not before', async () => {
    // The clock of the queue stands still; the ideas' clock is the real one.
    const real = () => new Date();
    bench.deps.now = real;
    const young = await letterWithIdea(new Date(real().getTime() + DAY - 9 * MINUTE));
    const old = await letterWithIdea(new Date(real().getTime() + DAY - 11 * MINUTE));
    start();
    await elapse(1);
    expect([await hasStamp(young), await hasStamp(old)]).toEqual([false, true]);
  });

  it('carries an id and nothing else, and the log says nothing of the idea', async () => {
    const letterId = await letterWithIdea();
    endings = [new PainterUnavailable('timeout'), new PainterRefused('not-a-picture')];
    start();
    const job = await enqueue(bench.driver.queue, letterStamp, { letterId });
    expect(job.data).toEqual({ letterId });
    await elapse(3);
    expect(shown).toHaveLength(2);
    expect(JSON.stringify(bench.logged)).not.toContain('CANARY');
    const kept = await bench.driver.queue.getJob(job.id);
    expect(kept?.failedReason).toBe('The painter gave no picture: not-a-picture');
  });
});
