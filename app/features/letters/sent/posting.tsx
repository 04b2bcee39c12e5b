import { type PersonNameProps, writeName } from '#app/ui/person-name.tsx';
import { Postmark } from '#app/ui/postmark.tsx';
import { Stamp } from '#app/ui/stamp.tsx';

interface PostingProps {
  author: PersonNameProps;
  receiver: PersonNameProps;
  sentAt: Date | string;
  stampSeed: string;
  timeZone: string | null;
}

/**
 * The envelope of a sent letter. It is folded, sealed, stamped and posted as the page appears, by
 * styles alone and in just over a second; where motion is unwelcome it simply lies there.
 */
export function Posting({ author, receiver, sentAt, stampSeed, timeZone }: PostingProps) {
  return (
    <div className="posting">
      <div className="posting-envelope">
        <div className="posting-paper" aria-hidden="true" />
        <p className="posting-address">
          <span className="posting-to">To</span> {writeName(receiver)}
        </p>
        <div className="posting-stamp">
          <Stamp seed={stampSeed} label={`Stamp on your letter to ${writeName(receiver)}`} />
        </div>
        <div className="posting-mark">
          <Postmark sender={author.displayName} at={sentAt} timeZone={timeZone} seed={stampSeed} />
        </div>
        <div className="posting-seal" aria-hidden="true" />
      </div>
      <div className="posting-slot" aria-hidden="true" />
    </div>
  );
}
