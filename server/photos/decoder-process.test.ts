import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createPhotoProcessor, type PhotoProcessor } from '#server/photos/process-photo.ts';
import { readCase } from '#tests/support/cases/read-case.ts';
import { decoderOf } from '#tests/support/child-processes.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

// A process starts, and pictures are painted, while the machine does other things.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

let processor: PhotoProcessor;
afterEach(() => processor?.close());

const small = () => makePhoto(7, { width: 640, height: 480 });
/** Nothing is wrong with it, and yet libaom takes a second of the processor and more. */
const dear = () => readCase('22-avif-12mp.avif');
const tooDear = { name: 'AppError', code: 'invalid-input', message: expect.stringContaining('too long') };
const mine = () => decoderOf(process.pid);

describe.skipIf(process.platform !== 'linux')('the process that decodes', () => {
  test('is started for the first photo, serves the next, and goes when there is nothing to do', async () => {
    processor = createPhotoProcessor({ idleMs: 4_000 });
    expect(await mine()).toBeUndefined();
    await processor.processPhoto(await small());
    const pid = await mine();
    expect(pid).toBeTypeOf('number');
    await processor.processPhoto(await small());
    expect(await mine()).toBe(pid);
    await expect.poll(mine).toBeUndefined();
    expect(await processor.processPhoto(await small())).toMatchObject({ width: 640 });
  });

  test('is killed with a photo that takes too much of the processor, and the next photo gets another', async () => {
    processor = createPhotoProcessor({ cpuMs: 150 });
    let charged = 0;
    const bomb = processor.processPhoto(await dear(), (cpuMs) => {
      charged = cpuMs;
    });
    await expect(bomb).rejects.toMatchObject(tooDear);
    expect(charged).toBe(150);
    processor.close();
    processor = createPhotoProcessor();
    expect(await processor.processPhoto(await small())).toMatchObject({ width: 640 });
  });

  test('is killed at its deadline, and with a photo that takes too much memory', async () => {
    processor = createPhotoProcessor({ deadlineMs: 50 });
    await expect(processor.processPhoto(await dear())).rejects.toMatchObject(tooDear);
    processor.close();
    processor = createPhotoProcessor({ maxBytes: 150_000_000 });
    await expect(processor.processPhoto(await dear())).rejects.toMatchObject(tooDear);
  });

  test('refuses no photo when it is killed from outside, and the log says so', async () => {
    const logged: object[] = [];
    const log = { error: (event: string, fields?: object) => void logged.push({ event, ...fields }) };
    processor = createPhotoProcessor({ log });
    await processor.processPhoto(await small());
    process.kill((await mine()) ?? 0, 'SIGKILL');
    // Before this process can have seen it.
    const three = [small(), small(), small()].map(async (photo) => processor.processPhoto(await photo));
    for (const made of await Promise.all(three)) expect(made).toMatchObject({ width: 640 });
    const died = { event: 'photo decoder died', signal: 'SIGKILL' };
    expect(logged).toEqual([expect.objectContaining(died)]);

    const atWork = processor.processPhoto(await dear());
    await expect.poll(mine).toBeTypeOf('number');
    process.kill((await mine()) ?? 0, 'SIGKILL');
    expect(await atWork).toMatchObject({ width: 2048 });
    expect(logged).toEqual([expect.objectContaining(died), expect.objectContaining({ ...died, busy: true })]);
  });

  test('knows none of the server’s secrets', async () => {
    process.env.APP_SECRET_OF_TEST = 'CANARY-SECRET';
    processor = createPhotoProcessor();
    await processor.processPhoto(await small());
    const environment = await readFile(`/proc/${await mine()}/environ`, 'utf8');
    delete process.env.APP_SECRET_OF_TEST;
    expect(environment).toContain('MALLOC_ARENA_MAX');
    expect(environment).not.toContain('CANARY-SECRET');
  });

  test('does not outlive a server that is killed, even in the middle of a photo', async () => {
    const server = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `
        import { createPhotoProcessor } from '#server/photos/process-photo.ts';
        import { readCase } from '#tests/support/cases/read-case.ts';
        const { processPhoto } = createPhotoProcessor();
        const dear = await readCase('22-avif-12mp.avif');
        for (;;) await processPhoto(dear).catch(() => undefined);
      `,
      ],
      { stdio: 'ignore' },
    );
    const pid = server.pid ?? 0;
    await expect.poll(() => decoderOf(pid)).toBeTypeOf('number');
    const decoder = (await decoderOf(pid)) ?? 0;
    server.kill('SIGKILL');
    await expect.poll(() => isRunning(decoder)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
