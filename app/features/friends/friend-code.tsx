import { type ReactNode, useId } from 'react';
import { ShareLink } from './share-link.tsx';

type FriendCodeProps = {
  /** Formatted to be read out: `XXXXX-XXXXX`. */
  code: string;
  shareUrl: string;
  /** An image of that URL for another phone's camera. */
  qrUrl: string;
  children?: ReactNode;
};

const message = { title: 'Write me a letter', text: 'I’d like to write you letters. Join me here:' };

/** The user's friend code and its link. */
export function FriendCode({ code, shareUrl, qrUrl, children }: FriendCodeProps) {
  const id = useId();
  return (
    <section className="friend-code" aria-labelledby={id}>
      <div className="friend-code-words">
        <h2 id={id}>Your friend code</h2>
        <p className="friend-code-code" translate="no">
          {code}
        </p>
        <ShareLink label="Or send this link" url={shareUrl} message={message} />
      </div>
      <img className="friend-code-qr" src={qrUrl} alt="QR code for your link" width={160} height={160} />
      {children ? <div className="friend-code-more">{children}</div> : null}
    </section>
  );
}
