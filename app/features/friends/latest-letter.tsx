import { Link } from '@remix-run/react';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';

type LatestLetterProps = {
  username: string;
  letter: { at: Date; role: 'author' | 'receiver' } | undefined;
};

/** Says when a friend's last letter came or went, and leads to all letters with them. */
export function LatestLetter({ username, letter }: LatestLetterProps) {
  const timeZone = useTimeZone();
  return (
    <Link to={`/letters/with/${username}`} className="person-latest">
      {letter ? (
        <>
          {letter.role === 'receiver' ? 'Last wrote to you on ' : 'You last wrote on '}
          <LetterDate at={letter.at} timeZone={timeZone} />
        </>
      ) : (
        'No letters yet'
      )}
      <span className="visually-hidden">: your letters with {username}</span>
    </Link>
  );
}
