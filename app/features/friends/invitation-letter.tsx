import { Link } from '@remix-run/react';
import { ButtonLink, ButtonRow } from '#app/ui/button.tsx';
import { Page } from '#app/ui/page.tsx';
import { Postmark } from '#app/ui/postmark.tsx';
import { Stamp } from '#app/ui/stamp.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { encodeUtf8, toHex } from '#core/bytes.ts';

type InvitationLetterProps = {
  /** The display name of the person who invites. */
  from: string;
  /** Chooses the stamp. */
  seed: string;
  at: Date;
};

/** An invitation as a visitor sees it: a letter that looks out of its envelope. */
export function InvitationLetter({ from, seed: text, at }: InvitationLetterProps) {
  const timeZone = useTimeZone();
  const seed = toHex(encodeUtf8(text)).repeat(4).slice(0, 64);
  return (
    <Page width="form">
      <article className="invitation">
        <div className="invitation-sheet">
          <div className="invitation-head">
            <p>A letter for you</p>
            <div className="invitation-post">
              <Stamp seed={seed} label={`Stamp on ${from}’s invitation`} size="large" />
              <Postmark sender={from} at={at} timeZone={timeZone} seed={seed} />
            </div>
          </div>
          <h1 className="invitation-title">
            <bdi>{from}</bdi> would like to write to you
          </h1>
          <p>
            Project BFF is a quiet place for two friends who write each other real letters, take their time,
            and know that only the two of them can read them.
          </p>
          <ButtonRow>
            <ButtonLink to="/join" kind="primary">
              Join
            </ButtonLink>
            <ButtonLink to="/login">I have an account</ButtonLink>
          </ButtonRow>
        </div>
        <div className="invitation-envelope" aria-hidden="true">
          <svg className="invitation-wax" viewBox="0 0 40 40" aria-hidden="true">
            <path d="M20 28c-6.2-4.3-8.5-7-8.5-10.1 0-2.7 2-4.7 4.4-4.7 1.7 0 3.2.9 4.1 2.5.9-1.6 2.4-2.5 4.1-2.5 2.4 0 4.4 2 4.4 4.7C28.5 21 26.2 23.7 20 28Z" />
          </svg>
        </div>
      </article>
      <p className="form-aside">
        <Link to="/about">How letters are kept private</Link>
      </p>
    </Page>
  );
}
