import type { ParseArgsConfig } from 'node:util';
import { type BffClient, createBffClient, type SavedSession } from '../client/node.ts';
import { printable, printableJson } from './printable.ts';
import { rememberPins } from './remembered-pins.ts';
import { loadSession, updateSession } from './session-file.ts';

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface Command {
  usage: string;
  about: string;
  options?: NonNullable<ParseArgsConfig['options']>;
  /** Number of arguments. */
  words?: [least: number, most: number];
  run(words: string[], values: Values): Promise<void>;
}

/** Thrown for unknown commands and wrong arguments. */
export class UsageError extends Error {}

export async function openClient(): Promise<BffClient> {
  const session = await loadSession();
  return createBffClient({ url: session.url, session, onSession: keepSession });
}

/** Saves the pins even if the user has logged in or out meanwhile. */
async function keepSession(session: SavedSession): Promise<void> {
  await rememberPins(session);
  await updateSession(session);
}

export const text = (value: Values[string]): string | undefined =>
  typeof value === 'string' ? value : undefined;
export const texts = (value: Values[string]): string[] =>
  [value].flat().filter((one) => typeof one === 'string');

/** Prints a line, always made safe for the terminal: a server can choose names too. */
export const say = (line: string): void => void process.stdout.write(`${printable(line)}\n`);
export const sayJson = (value: unknown): void => say(printableJson(value));
/** Prints progress and problems to standard error. */
export const note = (line: string): void => void process.stderr.write(`${printable(line)}\n`);
