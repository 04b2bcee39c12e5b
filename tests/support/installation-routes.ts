import { pathToFileURL } from 'node:url';
import type { ServerBuild } from '@remix-run/node';

/** A route as the built pages have it: tables of tests are made from these, so that a new page is in them by itself. */
export interface BuiltRoute {
  /** As in the route manifest, with a leading slash: `/letters/:id`. */
  pattern: string;
  hasAction: boolean;
  hasLoader: boolean;
  hasPage: boolean;
}

/** Every address of the built pages. */
export async function routesOfBuild(): Promise<BuiltRoute[]> {
  const build = (await import(pathToFileURL('build/server/index.js').href)) as ServerBuild;
  const routes = Object.values(build.routes).filter((route) => route !== undefined);
  const pathOf = (id: string | undefined): string => {
    const route = routes.find((candidate) => candidate.id === id);
    if (!route) return '';
    return [pathOf(route.parentId), route.path].filter(Boolean).join('/');
  };
  return (
    routes
      // The root and the frame are around the pages.
      .filter(({ id }) => !routes.some(({ parentId }) => parentId === id))
      .map(({ id, module }) => ({
        pattern: `/${pathOf(id)}`,
        hasAction: 'action' in module,
        hasLoader: 'loader' in module,
        hasPage: 'default' in module,
      }))
      .sort((a, b) => a.pattern.localeCompare(b.pattern))
  );
}

/** An address of a pattern, its parameters filled with the given values or with something of no meaning. */
export function addressOf(pattern: string, values: Record<string, string> = {}): string {
  return pattern
    .replace(/:(\w+)\??/g, (_, name: string) => values[name] ?? (name === 'n' ? '0' : 'f'.repeat(24)))
    .replace(/\*$/, values['*'] ?? 'somewhere');
}
