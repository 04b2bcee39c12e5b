import { Link } from '@remix-run/react';
import { ButtonLink, ButtonRow } from '#app/ui/button.tsx';
import { useZone } from '#app/ui/letter-date.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { writeName } from '#app/ui/person-name.tsx';
import type { ThreadFacts } from '#core/letters/letter-view.ts';
import { countedLetters } from '#core/letters/thread-count.ts';
import { zonedFields } from '#core/stamps/postmark-date.ts';
import { type ShownThread, threadFilters, threadPath } from './thread-filter.ts';

type ThreadHeadProps = ThreadFacts & {
  timeZone: string | null;
  /** Whether the letters or their stamps are shown. */
  shows: 'letters' | 'stamps';
};

/** Returns the year of a date by the reader's clocks. */
function useYearOf(timeZone: string | null) {
  const zone = useZone(timeZone) ?? 'UTC';
  return (at: Date) => zonedFields(at, zone).year;
}

/** The friend's name over their letters, how many there are, and where to go from here. */
export function ThreadHead({ friend, isFriend, count, since, timeZone, shows }: ThreadHeadProps) {
  const yearOf = useYearOf(timeZone);
  const shown = count > countedLetters ? `${countedLetters.toLocaleString('en')}+` : String(count);
  return (
    <>
      <PageHeading
        title={writeName(friend)}
        actions={
          isFriend ? <ButtonLink to={`/write?to=${friend.username}`}>Write a letter</ButtonLink> : null
        }
      >
        <p>
          {since ? `${shown} ${count === 1 ? 'letter' : 'letters'} since ${yearOf(since)}` : 'No letters yet'}
        </p>
      </PageHeading>
      <ButtonRow>
        {shows === 'stamps' ? (
          <ButtonLink to={`/letters/with/${friend.username}`} kind="quiet">
            Letters
          </ButtonLink>
        ) : count > 0 ? (
          <ButtonLink to={`/letters/with/${friend.username}/stamps`} kind="quiet">
            Stamp album
          </ButtonLink>
        ) : null}
        {isFriend ? (
          <ButtonLink to={`/friends/${friend.username}/safety`} kind="quiet">
            Safety number
          </ButtonLink>
        ) : null}
      </ButtonRow>
    </>
  );
}

const words = { unread: 'Unread', photos: 'With photos', starred: 'Starred' } as const;

type FiltersProps = { username: string; since: Date; part: ShownThread; timeZone: string | null };

/** Links that narrow a thread down, each on or off; several apply together. */
export function ThreadFilters({ username, since, part, timeZone }: FiltersProps) {
  const yearOf = useYearOf(timeZone);
  const [first, last] = [yearOf(since), yearOf(new Date())];
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => last - i);
  const offered = [
    ...threadFilters.map((name) => {
      const isOn = part.filters.includes(name);
      const filters = isOn ? part.filters.filter((on) => on !== name) : [...part.filters, name];
      return { label: words[name], isOn, to: threadPath(username, { ...part, filters }) };
    }),
    ...(years.length > 1 ? years : []).map((year) => {
      const isOn = part.year === year;
      return {
        label: String(year),
        isOn,
        to: threadPath(username, { ...part, year: isOn ? null : year }),
      };
    }),
  ];
  const isAll = part.filters.length === 0 && part.year === null;
  return (
    <nav aria-label="Which letters to show">
      <ul className="filters">
        <li>
          <Link
            to={threadPath(username, { filters: [], year: null })}
            className="filter"
            aria-current={isAll}
          >
            All
          </Link>
        </li>
        {offered.map(({ label, isOn, to }) => (
          <li key={label}>
            <Link to={to} className="filter" aria-current={isOn} preventScrollReset>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
