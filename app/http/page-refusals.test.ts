import { TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import { attempt } from '#app/http/errors.server.ts';
import { AppError } from '#server/errors.ts';

const message = 'Please try again in a minute.';
const shape = { code: -32603, message, data: { app: { code: 'unavailable' } } };

it.each([
  ['a procedure', TRPCClientError.from({ error: shape })],
  ['what else the server does for a page', new AppError('unavailable', message)],
])('a page shows what was refused by %s', async (_, refusal) => {
  expect(await attempt(() => Promise.reject(refusal))).toEqual({
    ok: false,
    problem: { message, fields: {} },
    status: 503,
    code: 'unavailable',
  });
});

it('a page does not show what was no refusal', async () => {
  const fault = new Error('a fault');
  await expect(attempt(() => Promise.reject(fault))).rejects.toBe(fault);
});
