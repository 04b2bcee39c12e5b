import type { Stores } from '#server/deps.ts';

/** Thrown where a process was killed. */
export class Killed extends Error {}

/** Stores that work `calls` times and never again, as for a process that is killed at that moment. */
export function killAfter(stores: Stores, calls: number): Stores {
  let made = 0;
  const entries = Object.entries(stores).map(([name, methods]) => {
    const dying = Object.entries(methods).map(([method, call]) => [
      method,
      async (...input: unknown[]) => {
        if (made >= calls) throw new Killed(`killed before ${name}.${method}`);
        made += 1;
        return (call as (...args: unknown[]) => unknown)(...input);
      },
    ]);
    return [name, Object.fromEntries(dying)];
  });
  return Object.fromEntries(entries) as Stores;
}
