import { type ReactNode, useEffect, useId, useState } from 'react';

type FriendCodeProps = {
  /** Formatted to be read out: `XXXXX-XXXXX`. */
  code: string;
  shareUrl: string;
  /** An image of that URL for another phone's camera. */
  qrUrl: string;
  children?: ReactNode;
};

/** The user's friend code and its link. With JavaScript, it can be copied and shared. */
export function FriendCode({ code, shareUrl, qrUrl, children }: FriendCodeProps) {
  const id = useId();
  const [can, setCan] = useState({ copy: false, share: false });
  const [status, setStatus] = useState('');
  useEffect(() => setCan({ copy: 'clipboard' in navigator, share: 'share' in navigator }), []);
  const copy = () =>
    navigator.clipboard.writeText(shareUrl).then(
      () => setStatus('Copied. Send it to someone you like.'),
      () => setStatus('Couldn’t copy it. Please copy it from the box.'),
    );
  const share = () =>
    navigator
      .share({
        title: 'Write me a letter',
        text: 'I’d like to write you letters. Join me here:',
        url: shareUrl,
      })
      .then(
        () => setStatus('Shared.'),
        (error: Error) => {
          // Closing the system's sheet is no failure.
          if (error.name !== 'AbortError') setStatus('Couldn’t share it. Please copy the link instead.');
        },
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
          {can.copy ? (
            <button type="button" className="button button-secondary" onClick={copy}>
              Copy
            </button>
          ) : null}
          {can.share ? (
            <button type="button" className="button button-primary" onClick={share}>
              Share
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
