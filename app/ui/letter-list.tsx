import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';

type LetterListProps = {
  /** Names the list, e.g. "Letters you received". */
  label: string;
  /** One `EnvelopeCard` (or other card) each, with a key. */
  children: ReactNode[];
};

/** Letters, newest first. */
export function LetterList({ label, children }: LetterListProps) {
  return (
    <ul className="letter-list" aria-label={label}>
      {children.map((card, index) => (
        // The cards carry the keys; the place in the page is all an <li> stands for.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index}>{card}</li>
      ))}
    </ul>
  );
}

type PaginationProps = {
  /** Where the older letters are, e.g. `?cursor=…`; `null` or nothing on the last page. */
  olderTo?: string | null;
  /** Back to the newest; leave out on the first page. */
  newestTo?: string | null;
  /** What is older; "Older letters" unless given. */
  older?: string;
};

/** Older and newest; nothing when there is only one page. */
export function Pagination({ olderTo, newestTo, older = 'Older letters' }: PaginationProps) {
  if (!olderTo && !newestTo) return null;
  return (
    <nav className="pagination" aria-label="Pages">
      {newestTo ? (
        <Link to={newestTo} className="button button-quiet">
          Newest
        </Link>
      ) : null}
      {olderTo ? (
        <Link to={olderTo} className="button button-quiet pagination-older" rel="next">
          {older}
        </Link>
      ) : null}
    </nav>
  );
}
