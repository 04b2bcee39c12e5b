import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';

type LetterListProps = {
  label: string;
  /** Cards such as `EnvelopeCard`, each with a key. */
  children: ReactNode[];
};

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
  /** The link to older letters; null on the last page. */
  olderTo?: string | null;
  /** The link to the newest; omitted on the first page. */
  newestTo?: string | null;
  /** The text of the link to older entries. */
  older?: string;
};

/** Links to older and newer pages; nothing for a single page. */
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
