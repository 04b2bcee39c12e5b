import { appendFileSync } from 'node:fs';
import { createVisitor } from './http-client.ts';

/** Where `scripts/attack-report.js` wants to be told; nothing is counted without it. */
const file = process.env.ATTACK_NOTES;

const note = (line: 'repelled' | 'up' | 'down', times = 1) => {
  if (file) appendFileSync(file, `${line} ${times}\n`);
};

/** Counts attacks that were made and came to nothing. Called after what is expected of their answers, never before. */
export function countRepelled(cases = 1): void {
  note('repelled', cases);
}

/** Counts a server that was attacked, by whether it still answers at the end. @throws when it does not. */
export async function countServer(url: string): Promise<void> {
  const answers = await createVisitor(url)
    .get('/healthz')
    .then(({ status }) => status === 200)
    .catch(() => false);
  note(answers ? 'up' : 'down');
  if (!answers) throw new Error(`the server at ${url} did not survive`);
}
