import { ButtonLink, ButtonRow } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { formatFriendCode } from '#core/id.ts';
import { twoFactorPath } from './tasks.ts';

/** Shows the ten codes, once. When printed, the card is all there is. */
export function CodesCard({ codes, username }: { codes: readonly string[]; username: string }) {
  return (
    <>
      <PageHeading title="Your one-time codes">
        <p>
          In case your phone is lost or out of battery. Each code works once, after your password. Print this
          page or write them down.
        </p>
      </PageHeading>
      <section className="words-card" aria-labelledby="codes-title">
        <h2 id="codes-title">One-time codes</h2>
        <p className="words-account">
          Project BFF · <strong>{username}</strong>
        </p>
        <ol className="words-list codes-list">
          {codes.map((code) => (
            <li key={code} className="word" translate="no">
              {formatFriendCode(code)}
            </li>
          ))}
        </ol>
      </section>
      <Notice kind="info" title="We’ll only show them now">
        <p>
          Keep them away from your password and your phone. We can’t show them again, and without your phone,
          passkeys and codes no one can let you in — not even us.
        </p>
      </Notice>
      <ButtonRow>
        <ButtonLink to={twoFactorPath} kind="primary">
          I’ve saved them
        </ButtonLink>
      </ButtonRow>
    </>
  );
}
