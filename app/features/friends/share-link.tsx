import { useEffect, useId, useState } from 'react';

interface ShareLinkProps {
  label: string;
  url: string;
  /** What is shared with it, by the system's own sheet. */
  message: { title: string; text: string };
}

/** A link to send. With JavaScript, it can be copied and shared. */
export function ShareLink({ label, url, message }: ShareLinkProps) {
  const id = useId();
  const [can, setCan] = useState({ copy: false, share: false });
  const [status, setStatus] = useState('');
  useEffect(() => setCan({ copy: 'clipboard' in navigator, share: 'share' in navigator }), []);
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => setStatus('Copied. Send it to someone you like.'),
      () => setStatus('Couldn’t copy it. Please copy it from the box.'),
    );
  const share = () =>
    navigator.share({ ...message, url }).then(
      () => setStatus('Shared.'),
      (error: Error) => {
        // Closing the system's sheet is no failure.
        if (error.name !== 'AbortError') setStatus('Couldn’t share it. Please copy the link instead.');
      },
    );
  return (
    <>
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <div className="friend-code-row">
        <input
          id={id}
          className="control"
          type="text"
          readOnly
          value={url}
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
    </>
  );
}
