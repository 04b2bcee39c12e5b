import { Link } from '@remix-run/react';
import type { KeyStatus } from '#core/friends/friend-key.ts';
import { LetterDate } from './letter-date.tsx';
import type { PersonNameProps } from './person-name.tsx';

interface KeyStatusLineProps {
  friend: PersonNameProps;
  status: KeyStatus;
  timeZone: string | null;
  /** True on the page where keys are compared, which needs no link to itself. */
  here?: boolean;
}

/** The status of a friend's key, in a line or two. */
export function KeyStatusLine({ friend, status, timeZone, here }: KeyStatusLineProps) {
  const { formerName } = status;
  return (
    <>
      {formerName === null ? null : (
        <span className="key-renamed">
          <bdi>{friend.displayName}</bdi> was called <bdi>{formerName}</bdi> until recently.{' '}
        </span>
      )}
      <Status friend={friend} status={status} timeZone={timeZone} here={here} />
    </>
  );
}

function Status({ friend, status, timeZone, here }: KeyStatusLineProps) {
  const { trust, at, withheld, takenOver } = status;
  const safety = `/friends/${friend.username}/safety`;
  const compare = (text: string) => (here ? text : <Link to={safety}>{text}</Link>);
  if (withheld) {
    return (
      <>
        The server’s list of your friends’ keys is older than the one this browser remembers.{' '}
        <Link to={safety}>Find out what that means</Link>
      </>
    );
  }
  if (trust === 'changed') {
    return (
      <>
        <bdi>{friend.displayName}</bdi>’s key has changed. <Link to={safety}>Compare safety numbers</Link>{' '}
        before you write.
      </>
    );
  }
  const date = at === null ? null : <LetterDate at={at} timeZone={timeZone} />;
  if (trust === 'verified') {
    return (
      <>
        You compared <bdi>{friend.displayName}</bdi>’s key{date ? <> on {date}</> : null}.
        {takenOver ? (
          <> That was before this browser remembered any keys. To be certain, {compare('compare again')}.</>
        ) : null}
      </>
    );
  }
  return (
    <>
      {date ? (
        <>
          You first saw <bdi>{friend.displayName}</bdi>’s key on {date} and haven’t compared it yet.
        </>
      ) : (
        <>
          You haven’t compared <bdi>{friend.displayName}</bdi>’s key yet.
        </>
      )}{' '}
      Until you {compare('compare it')}, you’re trusting our server that it’s theirs.
    </>
  );
}
