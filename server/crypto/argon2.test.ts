import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { encodeUtf8, fromHex, toHex } from '#core/bytes.ts';
import { argon2Wasm } from '#core/crypto/argon2-wasm.ts';
import { type Argon2id, currentKdfParams, kdfFloor } from '#core/crypto/index.ts';
import { argon2InTurn, boundArgon2, createArgon2Pool } from '#server/crypto/argon2.ts';
import published from '#tests/vectors/argon2id.json' with { type: 'json' };

type Vector = (typeof published.vectors)[number];

function derive(argon2: Argon2id, vector: Vector) {
  return argon2({
    password: fromHex(vector.password),
    salt: fromHex(vector.salt),
    params: vector,
    length: 32,
    ...(vector.secret !== undefined && { secret: fromHex(vector.secret) }),
    ...(vector.associatedData !== undefined && { associatedData: fromHex(vector.associatedData) }),
  });
}

describe('published Argon2id vectors', () => {
  it.each(published.vectors)('$name in the native pool', async (vector) => {
    expect(toHex(await derive(createArgon2Pool(), vector))).toBe(vector.tag);
  });

  it.each(published.vectors.filter((vector) => vector.associatedData === undefined))(
    '$name in WebAssembly',
    async (vector) => {
      expect(toHex(await derive(argon2Wasm, vector))).toBe(vector.tag);
    },
  );

  it('refuses associated data in WebAssembly instead of leaving it out', async () => {
    const vector = published.vectors[0] as Vector;
    await expect(derive(argon2Wasm, vector)).rejects.toMatchObject({ reason: 'malformed' });
  });

  it.each([
    ['the current parameters', currentKdfParams, undefined],
    ['the floor, with a secret', { ...kdfFloor, parallelism: 1 }, fromHex('0102030405060708')],
  ])('native and WebAssembly agree on an odd password with %s', async (_what, params, secret) => {
    const input = {
      password: encodeUtf8('pÄss 🐈 wörd'),
      salt: fromHex('00'.repeat(16)),
      params,
      length: 32,
      secret,
    };
    expect(toHex(await argon2Wasm(input))).toBe(toHex(await createArgon2Pool()(input)));
  });
});

describe('the pool', () => {
  const input = { password: encodeUtf8('x'), salt: new Uint8Array(16), params: currentKdfParams, length: 32 };

  function slowArgon2() {
    const state = { running: 0, most: 0, order: [] as number[] };
    const argon2: Argon2id = async ({ length }) => {
      state.running += 1;
      state.most = Math.max(state.most, state.running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      state.running -= 1;
      state.order.push(length);
      if (length === 13) throw new Error('unlucky');
      return new Uint8Array(length);
    };
    return { argon2, state };
  }

  it('runs two at once unless told otherwise, the others in order of arrival', async () => {
    const { argon2, state } = slowArgon2();
    const pool = boundArgon2(argon2);
    const lengths = Array.from({ length: 12 }, (_, index) => index + 1);
    await Promise.all(lengths.map((length) => pool({ ...input, length })));
    expect(state.most).toBe(2);
    expect(state.order).toEqual(lengths);
  });

  it('keeps to its bound when newcomers arrive while others wait', async () => {
    const { argon2, state } = slowArgon2();
    const pool = boundArgon2(argon2, { maxConcurrent: 2 });
    const arrivals: Promise<unknown>[] = [];
    for (let wave = 0; wave < 10; wave += 1) {
      arrivals.push(pool(input), pool(input), pool(input));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(arrivals);
    expect(state.most).toBe(2);
    expect(state.running).toBe(0);
  });

  it('refuses at once when too many wait, and says when to come back', async () => {
    const { argon2 } = slowArgon2();
    const pool = boundArgon2(argon2, { maxConcurrent: 2, maxWaiting: 4 });
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => pool(input)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(4);
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ name: 'AppError', code: 'unavailable' });
      expect(reason.retryAfterS).toBeGreaterThanOrEqual(1);
    }
    await expect(pool(input)).resolves.toHaveLength(32);
  });

  it('runs nothing over 128 MiB or twice today’s work, whoever asks', async () => {
    const { argon2, state } = slowArgon2();
    const pool = boundArgon2(argon2);
    for (const change of [
      { memoryKiB: 1_048_576, iterations: 10 },
      { memoryKiB: 131_073, iterations: 1 },
      { memoryKiB: 131_072, iterations: 4 },
      { iterations: 7 },
      { parallelism: 5 },
    ]) {
      const params = { ...currentKdfParams, ...change };
      await expect(pool({ ...input, params })).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(state.order).toEqual([]);
    const older = { memoryKiB: 131_072, iterations: 2, parallelism: 1 };
    await expect(pool({ ...input, params: older })).resolves.toHaveLength(32);
  });

  it('lets one network ahead of another by no more than run at once', async () => {
    const { argon2, state } = slowArgon2();
    const pool = boundArgon2(argon2);
    const crowd = argon2InTurn(pool, '192.0.2.0');
    const flood = Promise.allSettled(Array.from({ length: 30 }, () => crowd({ ...input, length: 1 })));
    const other = argon2InTurn(pool, '198.51.100.0')({ ...input, length: 2 });
    await other;
    expect(state.order.indexOf(2)).toBeLessThanOrEqual(3);
    const refused = (await flood).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(8);
    await expect(crowd(input)).resolves.toHaveLength(32);
  });

  it('goes on after a failure', async () => {
    const { argon2, state } = slowArgon2();
    const pool = boundArgon2(argon2, { maxConcurrent: 1 });
    const failing = Array.from({ length: 3 }, () => pool({ ...input, length: 13 }));
    const results = await Promise.allSettled([...failing, pool(input)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
    expect(state.running).toBe(0);
  });

  it('rejects what Argon2 itself refuses, and stays usable', async () => {
    const pool = createArgon2Pool({ maxConcurrent: 1 });
    const params = { memoryKiB: 1, iterations: 1, parallelism: 4 };
    await expect(pool({ ...input, params })).rejects.toThrow();
    const cheap = { memoryKiB: 64, iterations: 1, parallelism: 1 };
    await expect(pool({ ...input, params: cheap })).resolves.toHaveLength(32);
  });

  it('keeps ten log-ins at once far under 640 MB', async () => {
    const script = `
      import { createArgon2Pool } from '#server/crypto/argon2.ts';
      const pool = createArgon2Pool();
      const input = { password: new Uint8Array(8), salt: new Uint8Array(16), length: 32,
        params: { memoryKiB: 65536, iterations: 2, parallelism: 1 } };
      // Looked at while it works: the peak the system counts begins with the memory of the process that started this one.
      const before = process.memoryUsage.rss();
      let peak = before;
      const look = setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()); }, 2);
      await Promise.all(Array.from({ length: 10 }, () => pool(input)));
      clearInterval(look);
      console.log(Math.round((peak - before) / 1024));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const addedKiB = Number(stdout);
    console.info(`ten log-ins at once added ${Math.round(addedKiB / 1024)} MiB at the peak`);
    expect(addedKiB).toBeGreaterThan(60 * 1024);
    expect(addedKiB).toBeLessThan(200 * 1024);
  });
});
