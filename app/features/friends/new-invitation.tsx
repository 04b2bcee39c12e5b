import { LetterDate } from '#app/ui/letter-date.tsx';
import type { DrawnQr } from './draw-qr.ts';
import { ShareLink } from './share-link.tsx';

export interface MadeInvitation {
  url: string;
  expiresAt: Date;
  qr: DrawnQr;
}

const message = {
  title: 'A letter for you',
  text: 'I’d like to write you letters. This link is just for you:',
};

/** A one-time link that was just made. It can't be shown again: only its hash is stored. */
export function NewInvitation({
  url,
  expiresAt,
  qr,
  timeZone,
}: MadeInvitation & { timeZone: string | null }) {
  return (
    <section className="friend-code" aria-labelledby="made">
      <div className="friend-code-words">
        <h2 id="made">For one friend</h2>
        <ShareLink label="Send them this link" url={url} message={message} />
        <p>
          It works once, until <LetterDate at={expiresAt} timeZone={timeZone} />. We can’t show it again, so
          send it now.
        </p>
      </div>
      <svg
        className="friend-code-qr"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        width={160}
        height={160}
        role="img"
        aria-label="QR code for this link"
        shapeRendering="crispEdges"
      >
        <path d={qr.path} fill="#000" />
      </svg>
    </section>
  );
}
