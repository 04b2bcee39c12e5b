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
            It may have been restored from a backup: ask the person who runs it. But someone may also be
            trying to swap a friend’s key to read your letters. We’re using what this browser remembers.
          </p>
          {draft ? <p>Your letter is saved as a draft. Nothing was sent.</p> : null}
        </Notice>
      ) : null}
      {trust === 'changed' ? (
        <Notice kind="error" title={`${displayName} has new keys`}>
          <p>
            Most likely they lost their password and recovery words and started over. But it could also be
            someone posing as them. Ask them some other way.
          </p>
          {draft ? <p>Your letter is saved as a draft. It wasn’t sealed with the new key.</p> : null}
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
            ? 'The numbers match.'
            : 'The numbers don’t match. Check that you’ve typed all sixty digits. If you have, don’t trust this key.'}
        </Notice>
      ) : null}
    </>
  );
}
