import { KeyStatusLine } from '#app/ui/key-status.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { writeName } from '#app/ui/person-name.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import type { ShownKey } from './comparison-fields.tsx';

const withheldTitles = {
  older: 'The server’s list of your friends’ keys is older than this browser’s',
  missing: 'The server no longer has the list of your friends’ keys that this browser knows',
} as const;

/** Shows the number, and what is known of the friend's key. */
export function SafetyNumber({ compared, ...shown }: ShownKey) {
  const { username, displayName, trust, withheld, safetyNumber, draft } = shown;
  const timeZone = useTimeZone();
  const groups = safetyNumber.match(/\d{5}/g) ?? [];
  return (
    <>
      <PageHeading title={`Safety number with ${writeName(shown)}`}>
        <p>
          If {displayName} sees the same sixty digits, nobody is intercepting your letters. Compare them in
          person or on the phone, not here.
        </p>
      </PageHeading>
      {withheld ? (
        <Notice kind="error" title={withheldTitles[withheld]}>
          <p>
            It may have been restored from a backup: ask whoever runs it. It could also be that somebody wants
            to put another key in the place of a friend’s, to read your letters. What this browser remembers
            is what counts here.
          </p>
          {draft ? <p>Your letter is safe among your drafts, and nothing was sent.</p> : null}
        </Notice>
      ) : null}
      {trust === 'changed' ? (
        <Notice kind="error" title={`${displayName} has new keys`}>
          <p>
            Most likely they have started afresh, after losing password and words. It could also be somebody
            else in their place. Ask them, in another way than this.
          </p>
          {draft ? <p>Your letter is safe among your drafts and was not sealed to the new key.</p> : null}
        </Notice>
      ) : null}
      {trust === 'changed' || withheld ? null : (
        <Notice kind={trust === 'verified' ? 'success' : 'info'}>
          <p>
            <KeyStatusLine friend={{ username, displayName }} status={shown} timeZone={timeZone} here />
          </p>
        </Notice>
      )}
      <ol className="safety-number" aria-label="Safety number, twelve groups of five digits">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two groups may be the same digits
          <li key={index} translate="no">
            {group}
          </li>
        ))}
      </ol>
      {compared ? (
        <Notice kind={compared.same ? 'success' : 'error'}>
          {compared.same
            ? 'They are the same.'
            : 'They are not the same. Check that you have typed all sixty digits; if you have, do not trust this key.'}
        </Notice>
      ) : null}
    </>
  );
}
