/** The filters of a thread, in the order they are offered, with the names they have in addresses. */
export const threadFilters = ['unread', 'photos', 'starred'] as const;
export type ThreadFilterName = (typeof threadFilters)[number];

/** What part of a thread an address asks for. */
export interface ShownThread {
  filters: ThreadFilterName[];
  year: number | null;
}

export function readFilter(search: URLSearchParams): ShownThread {
  const year = Number(search.get('year'));
  return {
    filters: threadFilters.filter((name) => search.has(name)),
    year: Number.isInteger(year) && year >= 1970 && year <= 9999 ? year : null,
  };
}

/** Returns the address of a thread, or of a part of it. */
export function threadPath(username: string, { filters, year }: ShownThread, cursor?: string | null): string {
  const query = [...filters, ...(year ? [`year=${year}`] : []), ...(cursor ? [`cursor=${cursor}`] : [])];
  return `/letters/with/${username}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}
