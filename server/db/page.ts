export interface PageRequest {
  /** The end of the previous page; absent for the first page. A malformed one counts as absent. */
  cursor?: string | null | undefined;
  limit: number;
}

export interface Page<T> {
  items: T[];
  /** For the next page; null on the last. */
  nextCursor: string | null;
}
