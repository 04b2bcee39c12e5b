import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Link, type ShouldRevalidateFunction } from '@remix-run/react';
import { requireUserApi } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { openInBrowser, usePage } from '#app/modes/define-page.ts';
import { loadPage } from '#app/modes/load-page.server.ts';
import type { PagePhoto } from '#app/modes/page-access.ts';
import { NotOpened } from '#app/modes/unlock/waiting-pages.tsx';
import { usePaintedStamp } from '#app/modes/use-painted-stamp.ts';
import { ButtonLink, ButtonRow } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { KeyStatusLine } from '#app/ui/key-status.tsx';
import { LetterSheet } from '#app/ui/letter-sheet.tsx';
import { LetterSkeleton } from '#app/ui/letter-skeleton.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { writeName } from '#app/ui/person-name.tsx';
import { useLate } from '#app/ui/use-late.ts';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import type { PersonName, ReadableLetter } from '#core/letters/letter-view.ts';
import { placeIn } from '#core/letters/reading-place.ts';
import { useLetterPhotos } from './letter-gallery.tsx';
import { LetterMarks } from './letter-marks.tsx';
import { letterPage } from './letter-page.ts';
import { markLetter } from './mark-letter.server.ts';
import { ReadingLine } from './reading-line.tsx';
import { Unsealing } from './unsealing.tsx';
import { useReadingPlace } from './use-reading-place.ts';

/** Keeps the letter's title out of the browser's history and of tabs on a shared screen. */
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded ? `A letter from ${loaded.preview.from} · Project BFF` : 'A letter · Project BFF' },
];

export const loader = loadPage(letterPage);
export const clientLoader = openInBrowser(letterPage);

/** Keeps the letter as it is when only its appearance changes. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) =>
  formAction === '/settings/appearance' ? false : defaultShouldRevalidate;

/** Stars or archives the letter. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const id = params.id ?? '';
  const { fields } = await readForm(request);
  await markLetter(api, id, fields);
  throw redirect(`/letters/${id}`);
}

const loadProgress = () => import('./reading-progress.tsx');

const whereItIs = {
  scheduled: 'Sealed and on its way.',
  queued: 'Sealed and on its way.',
  recalled: 'You called this letter back.',
  failed: 'This letter couldn’t be delivered.',
  delivered: 'Delivered. Not opened yet.',
  read: 'Delivered and opened.',
} as const;

interface LetterProps {
  letter: ReadableLetter;
  pictures: { full: PagePhoto[]; preview: PagePhoto[] };
}

export default function LetterPage() {
  const { shown, opening } = usePage(letterPage);
  if (shown) return <Letter letter={shown.letter} pictures={shown.photos} />;
  return (
    <Page width={opening === 'opening' ? 'reading' : 'form'}>
      <NotOpened opening={opening} what="the letter" skeleton={<LetterSkeleton />} />
    </Page>
  );
}

function Letter({ letter, pictures }: LetterProps) {
  const timeZone = useTimeZone();
  const leftOff =
    letter.role === 'receiver' && letter.content ? placeIn(letter.content.body, letter.position) : null;
  useReadingPlace(leftOff);
  const ReadingProgress = useLate(loadProgress);
  const stampUrl = usePaintedStamp(letter.id, letter.stampPainted);
  const friend = letter.role === 'author' ? letter.receiver : letter.author;
  const { photoAt, gallery } = useLetterPhotos(letter, pictures);
  if (!letter.content) return <Sealed seal={letter.seal} from={writeName(letter.author)} />;
  const { title, body, stationery } = letter.content;
  return (
    <Page width="reading">
      {letter.role === 'author' ? (
        <Notice kind="info">
          {whereItIs[letter.status]} <Link to="sent">See more</Link>
        </Notice>
      ) : null}
      {letter.friendKey?.withheld ? (
        <Notice kind="error" title="The server’s list of your friends’ keys is older than this browser’s">
          <p>
            <Link to={`/friends/${friend.username}/safety`}>Find out what that means</Link> before you write
            to {friend.displayName}.
          </p>
        </Notice>
      ) : null}
      {letter.friendKey?.trust === 'changed' ? (
        <Notice kind="info" title={`${writeName(friend)} has new keys`}>
          <p>
            That happens when someone starts over.{' '}
            <Link to={`/friends/${friend.username}/safety`}>Compare safety numbers</Link> to be sure it’s
            them.
          </p>
        </Notice>
      ) : null}
      {letter.friendKey?.trust !== 'changed' && !letter.authorKeySeen ? (
        <UnknownAuthorKey friend={friend} isLater={letter.authorKeyIsLater} />
      ) : null}
      {ReadingProgress ? <ReadingProgress {...letter} /> : null}
      <ReadingLine letterId={letter.id} body={body} leftOff={leftOff} />
      <LetterSheet
        title={title}
        body={body}
        photoAt={photoAt}
        stationery={stationery}
        position={letter.role === 'receiver' ? letter.position : 0}
        author={letter.author}
        receiver={letter.receiver}
        sentAt={letter.sentAt}
        timeZone={timeZone}
        stampSeed={letter.stampSeed}
        stampUrl={stampUrl}
        aside={
          letter.friendKey &&
          letter.authorKeySeen &&
          letter.friendKey.trust !== 'changed' &&
          !letter.friendKey.withheld ? (
            <KeyStatusLine friend={friend} status={letter.friendKey} timeZone={timeZone} />
          ) : null
        }
      >
        {gallery}
      </LetterSheet>
      <ButtonRow>
        {friend.username ? (
          <>
            <ButtonLink to={`/write?to=${friend.username}&re=${letter.id}`} kind="primary">
              {letter.role === 'receiver'
                ? `Reply to ${writeName(friend)}`
                : `Write to ${writeName(friend)} again`}
            </ButtonLink>
            <ButtonLink to={`/letters/with/${friend.username}`} kind="quiet">
              All your letters
            </ButtonLink>
          </>
        ) : null}
        <LetterMarks {...letter} />
      </ButtonRow>
      {letter.isFirstReading ? <Unsealing /> : null}
    </Page>
  );
}

function UnknownAuthorKey({ friend, isLater }: { friend: PersonName; isLater: boolean }) {
  const name = writeName(friend);
  return isLater ? (
    <Notice kind="error" title={`This letter may not be from ${name}`}>
      <p>
        It says it was written after you first saw {name}’s key, but it was sealed with a different one. Don’t
        act on it until you’ve asked {friend.displayName} some other way.
      </p>
    </Notice>
  ) : (
    <Notice kind="info" title={`You haven’t seen this key of ${name}’s before`}>
      <p>
        It was sealed with keys they no longer have, most likely before they started over. If anything in it
        surprises you, ask them.
      </p>
    </Notice>
  );
}

function Sealed({ seal, from }: { seal: 'opened' | 'locked' | 'damaged'; from: string }) {
  const locked = seal === 'locked';
  return (
    <Page width="form">
      <EmptyState
        picture="lost"
        title={locked ? 'This letter stays sealed' : 'This letter is damaged'}
        heading="h1"
        actions={<ButtonLink to="/inbox">Back to inbox</ButtonLink>}
      >
        {locked ? (
          <p>
            It was sealed with the keys you had before you started over. No one can open it any more, not even
            us. If it’s from a friend, they still have their copy: ask them to send it again.
          </p>
        ) : (
          <p>
            It has been changed since it was sealed, so we can’t show what’s inside. Ask {from} to send it
            again.
          </p>
        )}
      </EmptyState>
    </Page>
  );
}
