import type { ParseArgsConfig } from 'node:util';
import { type BffClient, createBffClient, type SavedSession } from '../client/node.ts';
import { printable, printableJson } from './printable.ts';
import { rememberPins } from './remembered-pins.ts';
import { loadSession, updateSession } from './session-file.ts';

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

/** One word after `bff`. */
export interface Command {
  /** What follows the word, for the help. */
  usage: string;
  about: string;
  options?: NonNullable<ParseArgsConfig['options']>;
  /** How many words follow it. */
  words?: [least: number, most: number];
  run(words: string[], values: Values): Promise<void>;
}

/** The words after `bff` make no command. */
export class UsageError extends Error {}

export async function openClient(): Promise<BffClient> {
  const session = await loadSession();
  return createBffClient({ url: session.url, session, onSession: keepSession });
}

/** Keeps the pins even when somebody has logged in or out meanwhile. */
async function keepSession(session: SavedSession): Promise<void> {
  await rememberPins(session);
  await updateSession(session);
}

export const text = (value: Values[string]): string | undefined =>
  typeof value === 'string' ? value : undefined;
export const texts = (value: Values[string]): string[] =>
  [value].flat().filter((one) => typeof one === 'string');

/** Made printable whoever wrote it: a server can also name people and letters as it likes. */
export const say = (line: string): void => void process.stdout.write(`${printable(line)}\n`);
export const sayJson = (value: unknown): void => say(printableJson(value));
/** Beside the answer, for whoever watches. */
export const note = (line: string): void => void process.stderr.write(`${printable(line)}\n`);
