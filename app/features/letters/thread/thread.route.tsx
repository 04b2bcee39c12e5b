import type { MetaFunction } from '@remix-run/node';
import { openInBrowser, usePage } from '#app/modes/define-page.ts';
import { loadPage } from '#app/modes/load-page.server.ts';
import { ScriptIsOff } from '#app/modes/script-is-off.tsx';
import { NotOpened } from '#app/modes/unlock/waiting-pages.tsx';
import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { EnvelopeCard } from '#app/ui/envelope-card.tsx';
import { useZone } from '#app/ui/letter-date.tsx';
import { LetterList, Pagination } from '#app/ui/letter-list.tsx';
import { Page } from '#app/ui/page.tsx';
import { writeName } from '#app/ui/person-name.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { writeMonth } from '#core/dates/write-month.ts';
import type { ListedLetter, ThreadFacts } from '#core/letters/letter-view.ts';
import { type ShownThread, threadPath } from './thread-filter.ts';
import { ThreadFilters, ThreadHead } from './thread-head.tsx';
import { threadPage } from './thread-page.ts';

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  {
    title: loaded
      ? `Letters with ${loaded.preview.friend.displayName} · Project BFF`
      : 'Letters · Project BFF',
  },
];

export const loader = loadPage(threadPage);
export const clientLoader = openInBrowser(threadPage);

export default function Thread() {
  const { preview, shown, opening } = usePage(threadPage);
  const { friend, since, part, nextCursor, older } = preview;
  const letters = shown?.letters ?? preview.letters;
  const timeZone = useTimeZone();
  const months = useMonths(letters, timeZone);
  if (opening === 'away') {
    return (
      <Page width="form">
        <NotOpened opening={opening} what="your letters" />
      </Page>
    );
  }
  return (
    <Page width="list">
      <ThreadHead {...preview} timeZone={timeZone} shows="letters" />
      {since ? (
        <ThreadFilters username={friend.username} since={since} part={part} timeZone={timeZone} />
      ) : null}
      {opening === 'opening' ? <ScriptIsOff /> : null}
      {months.map(({ month, letters: ofMonth }) => (
        <section key={month} aria-label={month} className="thread-month">
          <h2>{month}</h2>
          <LetterList label={`Letters of ${month}`}>
            {ofMonth.map((letter) => (
              <EnvelopeCard
                key={letter.id}
                to={`/letters/${letter.id}`}
                direction={letter.role === 'receiver' ? 'received' : 'sent'}
                person={letter.friend}
                at={letter.at}
                timeZone={timeZone}
                stampSeed={letter.stampSeed}
                state={letter.role === 'receiver' && letter.status !== 'read' ? 'new' : letter.status}
                title={letter.title}
                opening={opening === 'opening'}
                starred={letter.starred}
              />
            ))}
          </LetterList>
        </section>
      ))}
      {letters.length === 0 ? <NoLetters {...preview} /> : null}
      <Pagination
        olderTo={nextCursor && threadPath(friend.username, part, nextCursor)}
        newestTo={older ? threadPath(friend.username, part) : null}
      />
    </Page>
  );
}

/** Groups letters by the month of the reader's clocks, in their order. */
function useMonths(letters: ListedLetter[], timeZone: string | null) {
  const zone = useZone(timeZone) ?? 'UTC';
  const months: { month: string; letters: ListedLetter[] }[] = [];
  for (const letter of letters) {
    const month = writeMonth(letter.at, zone);
    if (months.at(-1)?.month !== month) months.push({ month, letters: [] });
    months.at(-1)?.letters.push(letter);
  }
  return months;
}

type NoLettersProps = ThreadFacts & { part: ShownThread; nextCursor: string | null };

function NoLetters({ friend, isFriend, since, part, nextCursor }: NoLettersProps) {
  const name = writeName(friend);
  const all = (
    <ButtonLink to={`/letters/with/${friend.username}`} kind="secondary">
      All letters
    </ButtonLink>
  );
  if (!since) {
    return (
      <EmptyState
        picture="pen"
        title="No letters yet"
        actions={
          isFriend ? <ButtonLink to={`/write?to=${friend.username}`}>Write a letter</ButtonLink> : null
        }
      >
        <p>Say hello to {name}. The first letter is the nicest to get.</p>
      </EmptyState>
    );
  }
  if (nextCursor) {
    return (
      <EmptyState picture="lost" title="None so far" actions={all}>
        <p>There are older letters we haven’t looked through yet.</p>
      </EmptyState>
    );
  }
  const [only] = part.filters;
  const { title, text } =
    part.filters.length + (part.year ? 1 : 0) === 1 && only
      ? none[only]
      : part.filters.length === 0 && part.year
        ? { title: `No letters in ${part.year}`, text: 'Some years are quieter than others.' }
        : part.filters.length === 0
          ? { title: 'No older letters', text: 'You’ve reached the first one.' }
          : { title: 'No letters like that', text: 'Try it with fewer filters.' };
  return (
    <EmptyState picture="mailbox" title={title} actions={all}>
      <p>{text}</p>
    </EmptyState>
  );
}

const none = {
  unread: { title: 'All read', text: 'You’ve opened every letter.' },
  photos: { title: 'No photos yet', text: 'Letters with photos will be listed here.' },
  starred: {
    title: 'No stars yet',
    text: 'Star the letters you’ll want to find again. Only you can see your stars.',
  },
} as const;
