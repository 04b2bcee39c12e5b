import { parseArgs } from 'node:util';
import { BffError, type BffErrorCode } from '../client/node.ts';
import { type Command, note, say, sayJson, UsageError } from './command.ts';
import { exportLetters } from './export-letters.ts';
import { friends } from './friends.ts';
import { inbox, sent } from './list-letters.ts';
import { login } from './log-in.ts';
import { logout } from './log-out.ts';
import { read } from './read-letter.ts';
import { callBack, write } from './write-letter.ts';

const commands: Record<string, Command> = {
  login,
  inbox,
  sent,
  read,
  write,
  'call-back': callBack,
  friends,
  export: exportLetters,
  logout,
};

/** Exit codes for scripts: docs/api.md. */
const exitCodes: Partial<Record<BffErrorCode, number>> = {
  unauthenticated: 3,
  incomplete: 3,
  network: 4,
  unavailable: 4,
  'too-many-requests': 4,
  'not-found': 5,
  'key-changed': 6,
  'kdf-changed': 6,
  damaged: 6,
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = 'help', ...rest]: string[]): Promise<number> {
  const json = rest.includes('--json');
  try {
    if (name === 'help' || name === '--help' || name === '-h') {
      say(help());
      return 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(`Unknown command: ${name}`);
    const { values, positionals } = readArguments(command, rest);
    await command.run(positionals, values);
    return 0;
  } catch (error) {
    return report(error, json);
  }
}

function readArguments(command: Command, args: string[]) {
  const options = { json: { type: 'boolean' as const }, ...command.options };
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
  const [least, most] = command.words ?? [0, 0];
  const { length } = parsed.positionals;
  if (length < least || length > most) throw new UsageError(`Usage: bff ${command.usage}`);
  return parsed;
}

function report(error: unknown, json: boolean): number {
  if (error instanceof UsageError) {
    note(`${error.message}\n\n${help()}`);
    return 2;
  }
  if (!(error instanceof BffError)) {
    note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
  const { code, message, fields, retryAfterS } = error;
  if (json) sayJson({ error: { code, message, fields, retryAfterS } });
  else {
    note(message);
    for (const [field, sentence] of Object.entries(fields))
      if (sentence !== message) note(`  ${field}: ${sentence}`);
    if (retryAfterS) note(`Try again in ${retryAfterS} seconds.`);
  }
  return exitCodes[code] ?? 1;
}

function help(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  const lines = Object.values(commands).map(({ usage, about }) => `  bff ${usage.padEnd(width)}  ${about}`);
  return [
    "Letters between best friends, in the terminal. They're sealed and opened on this machine.",
    '',
    ...lines,
    '',
    'Add --json for JSON output. Passwords are typed in or read with --password-stdin, never passed as arguments.',
    'Keys are kept in BFF_HOME, or in bff in your configuration folder, readable only by you.',
    'Exit codes: 0 done, 1 refused, 2 wrong usage, 3 not logged in, 4 no answer, 5 not found, 6 not trusted.',
  ].join('\n');
}
