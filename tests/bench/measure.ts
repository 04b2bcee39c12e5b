import { setTimeout as pause } from 'node:timers/promises';

export interface Figures {
  /** Milliseconds. */
  median: number;
  p95: number;
  runs: number;
}

const settleMs = 60;

/** Milliseconds of each run, sorted. */
export function figuresOf(times: number[]): Figures {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), runs: sorted.length };
}

/** Runs something so many times after two that do not count, one after the other. */
export async function measure(runs: number, run: (n: number) => Promise<unknown>): Promise<Figures> {
  const times: number[] = [];
  for (let n = -2; n < runs; n += 1) {
    const started = performance.now();
    await run(n);
    if (n >= 0) times.push(performance.now() - started);
  }
  return figuresOf(times);
}

/**
 * Measures several things in turn, A B C A B C …, so that a machine that slows down half-way slows all of them. What one
 * leaves to be done behind it, such as a delivery, is over before the next begins.
 *
 * @param warmUp Rounds before those that count: a server that has just started has not compiled its pages yet.
 */
export async function measureInTurn<Name extends string>(
  runs: number,
  things: Record<Name, (n: number) => Promise<unknown>>,
  warmUp = 2,
): Promise<Record<Name, Figures>> {
  const names = Object.keys(things) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let n = -warmUp; n < runs; n += 1) {
    for (const name of names) {
      await pause(settleMs);
      const started = performance.now();
      await things[name](n);
      if (n >= 0) times[name].push(performance.now() - started);
    }
  }
  return Object.fromEntries(names.map((name) => [name, figuresOf(times[name])])) as Record<Name, Figures>;
}

const columns = [38, 10, 10, 12, 34];
const row = (cells: string[]) =>
  cells.map((cell, n) => (n === 0 ? cell.padEnd(columns[n] ?? 0) : cell.padStart(columns[n] ?? 0))).join(' ');

export function printHeader(title: string): void {
  console.log(`\n${title}`);
  console.log(row(['', 'median', 'p95', 'bytes', 'against']));
}

export function printRow(name: string, figures: Figures, bytes: number | null, against = ''): void {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
  console.log(
    row([
      name,
      ms(figures.median),
      ms(figures.p95),
      bytes === null ? '' : bytes.toLocaleString('en'),
      against,
    ]),
  );
}

/** `2.1× (aim 3×)`: how many times the floor a figure is, by medians of the same run. */
export function ratio(figures: Figures, floorMs: number, aim?: number): string {
  const times = figures.median / floorMs;
  return `${times.toFixed(2)}×${aim === undefined ? '' : ` (aim ${aim}×: ${times <= aim ? 'met' : 'missed'})`}`;
}

/** Whether a figure stays under what it should. */
export function aim(value: number, most: number, unit = ''): string {
  return `aim ${most}${unit && ` ${unit}`}: ${value <= most ? 'met' : 'missed'}`;
}

/** A row of words, in the columns of the other tables. */
export function printCells(cells: string[]): void {
  console.log(row(cells));
}
