import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { BffError } from '../client/node.ts';

/**
 * Asks a question at the terminal; hides the answer to a secret one.
 * @throws BffError `invalid-input` without a terminal.
 */
export async function ask(question: string, { secret = false } = {}): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new BffError('invalid-input', `Can't ask "${question.trim()}" without a terminal. See bff help.`);
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(question);
  const lines = createInterface({
    input: process.stdin,
    output: secret ? silent : process.stderr,
    terminal: true,
  });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    if (secret) process.stderr.write('\n');
  }
}

export async function readInput(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) text += chunk;
  return text;
}
