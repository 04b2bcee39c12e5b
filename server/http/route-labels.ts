/**
 * Labels a path by its first part when a route begins with it, else `other`. The labels for metrics
 * are thus few, and contain no ids and names.
 *
 * @param patterns addresses of routes, such as `/stamps/:file` or `letters/:id`
 */
export function createRouteLabels(patterns: readonly string[]): (path: string) => string {
  const known = new Set(patterns.map(firstPart).filter((part) => /^[\w.-]+$/.test(part)));
  return (path) => {
    const part = firstPart(path).replace(/\.data$/, '');
    if (part === '') return '/';
    return known.has(part) ? `/${part}` : 'other';
  };
}

const firstPart = (path: string) => path.replace(/^\//, '').split('/')[0] ?? '';
