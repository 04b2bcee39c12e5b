import { type ReactNode, useEffect, useId, useState } from 'react';

type FriendCodeProps = {
  /** Formatted to be read out: `XXXXX-XXXXX`. */
  code: string;
  shareUrl: string;
  /** An image of that URL for another phone's camera. */
  qrUrl: string;
  children?: ReactNode;
};

/** The user's friend code and its link. With JavaScript, also a copy button. */
export function FriendCode({ code, shareUrl, qrUrl, children }: FriendCodeProps) {
  const id = useId();
  const [canCopy, setCanCopy] = useState(false);
  const [status, setStatus] = useState('');
  useEffect(() => setCanCopy('clipboard' in navigator), []);
  const copy = () =>
    navigator.clipboard.writeText(shareUrl).then(
      () => setStatus('Copied. Send it to someone you like.'),
      () => setStatus('Couldn’t copy it. Please copy it from the box.'),
    );
  return (
    <section className="friend-code" aria-labelledby={`${id}-title`}>
      <div className="friend-code-words">
        <h2 id={`${id}-title`}>Your friend code</h2>
        <p className="friend-code-code" translate="no">
          {code}
        </p>
        <label htmlFor={`${id}-link`} className="field-label">
          Or send this link
        </label>
        <div className="friend-code-row">
          <input
            id={`${id}-link`}
            className="control"
            type="text"
            readOnly
            value={shareUrl}
            onFocus={(event) => event.currentTarget.select()}
          />
          {canCopy ? (
            <button type="button" className="button button-secondary" onClick={copy}>
              Copy
            </button>
          ) : null}
        </div>
        <p className="friend-code-said" role="status">
          {status}
        </p>
      </div>
      <img className="friend-code-qr" src={qrUrl} alt="QR code for your link" width={160} height={160} />
      {children ? <div className="friend-code-more">{children}</div> : null}
    </section>
  );
}
