import { expect } from 'vitest';
import type { AppProcess } from './app-process.ts';

/** What the latest mail or text to an address says, once it is there. */
export async function untilMailed(
  app: Pick<AppProcess, 'mails'>,
  address: string,
  pattern: RegExp,
): Promise<string> {
  let found = '';
  const look = async () => {
    const sent = (await app.mails()).filter(({ to }) => to === address).at(-1);
    found = pattern.exec(sent?.text ?? '')?.[0] ?? '';
    return found;
  };
  await expect.poll(look, { message: `something like ${pattern} for ${address}` }).not.toBe('');
  return found;
}
