import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { vi } from 'vitest';
import { createCanarySearch, type Mark } from './canary-search.ts';
import type { Answer, Visitor } from './http-client.ts';
import type { Installation } from './installation.ts';

/** Somewhere that a secret could have got to. */
export interface Place {
  name: string;
  content: Uint8Array | string;
}

/** Keeps whatever the process prints from here on, past the log too. */
export function watchOutput(): { printed: string[]; stop(): void } {
  const printed: string[] = [];
  const spies = [
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((way) =>
      vi.spyOn(console, way).mockImplementation((...parts) => void printed.push(parts.map(String).join(' '))),
    ),
    ...([process.stdout, process.stderr] as const).map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((chunk) => {
        printed.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1'));
        return true;
      }),
    ),
  ];
  return {
    printed,
    stop() {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

/** Everything an installation keeps, hands on or says. */
export async function placesOf(world: Installation, printed: string[]): Promise<Place[]> {
  const entries = await readdir(world.dataDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return [
    ...(await Promise.all(
      files.map(async (file) => ({
        name: `file ${relative(world.dataDir, file)}`,
        content: await readFile(file),
      })),
    )),
    ...world.jobs.map(({ name, json }) => ({ name: `job ${name}`, content: json })),
    ...(await world.mails()).map((mail) => ({
      name: `mail "${mail.subject}"`,
      content: Object.values(mail).map(String).join('\n'),
    })),
    { name: 'log', content: world.logLines.join('') },
    { name: 'output', content: printed.join('\n') },
  ];
}

/** What a visitor was answered, with the headers. Its own new cookie is the one thing an answer may tell a browser. */
export function answersOf(
  name: string,
  visitor: Visitor,
  which: (answer: Answer) => boolean = () => true,
): Place[] {
  return visitor.answers
    .filter(({ answer }) => which(answer))
    .map(({ path, answer }) => {
      const { 'set-cookie': _, ...headers } = answer.headers;
      return {
        name: `answer to ${name} at ${path}`,
        content: Buffer.concat([Buffer.from(JSON.stringify(headers)), answer.bytes]),
      };
    });
}

/** One line a leak. */
export function leaks(places: Place[], marks: Mark[]): string[] {
  const search = createCanarySearch(marks);
  return places.flatMap(({ name, content }) =>
    search(content).map(({ mark: what, encoding }) => `${name}: ${what} as ${encoding}`),
  );
}
