import { type ReactNode, useEffect, useId, useState } from 'react';

type FriendCodeProps = {
  /** As it is read out: `XXXXX-XXXXX`. */
  code: string;
  /** The absolute address that asks for friendship with this code. */
  shareUrl: string;
  /** A picture of that address for another phone's camera. */
  qrUrl: string;
  /** What else can be done with the code. */
  children?: ReactNode;
};

/** A person's friend code and its link, in a field to copy from; with JavaScript also a copy or share button. */
export function FriendCode({ code, shareUrl, qrUrl, children }: FriendCodeProps) {
  const id = useId();
  const [canCopy, setCanCopy] = useState(false);
  const [said, setSaid] = useState('');
  useEffect(() => setCanCopy('clipboard' in navigator), []);
  const copy = () =>
    navigator.clipboard.writeText(shareUrl).then(
      () => setSaid('Copied. Send it to someone you like.'),
      () => setSaid('Couldn’t copy it. Please copy it from the box.'),
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
          {said}
        </p>
      </div>
      <img className="friend-code-qr" src={qrUrl} alt="QR code for your link" width={160} height={160} />
      {children ? <div className="friend-code-more">{children}</div> : null}
    </section>
  );
}
