import type { ReactNode } from 'react';
import { useIsOwnOrigin } from '#app/modes/unlock/use-passkeys.ts';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { ButtonLink, ButtonRow } from '#app/ui/button.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { PasskeysElsewhere } from './passkeys-elsewhere.tsx';
import { type FactorSettings, type TaskName, twoFactorPath } from './tasks.ts';

const toTask = (name: TaskName, id?: string) => `${twoFactorPath}?do=${name}${id ? `&id=${id}` : ''}`;

export function FactorOverview({ settings, children }: { settings: FactorSettings; children?: ReactNode }) {
  const { on, codes } = settings;
  return (
    <>
      <PageHeading title="Two-step login">
        {on ? (
          <p>
            <strong>On.</strong> After your password, we ask for your phone or a security key.
          </p>
        ) : (
          <p>
            <strong>Off.</strong> Anyone with your password can log in. Two-step login also asks for your
            phone or a security key.
          </p>
        )}
      </PageHeading>
      {children}
      <AppSection settings={settings} />
      <PasskeySection settings={settings} />
      {codes ? <CodesSection codes={codes} /> : null}
      <BackToSettings />
    </>
  );
}

function AppSection({ settings: { app } }: { settings: FactorSettings }) {
  const timeZone = useTimeZone();
  return (
    <section className="panel" aria-labelledby="app-title">
      <h2 id="app-title">Authenticator app</h2>
      {app ? (
        <>
          <p>
            Set up
            {app.since ? (
              <>
                {' '}
                on <LetterDate at={app.since} timeZone={timeZone} />
              </>
            ) : null}
            .
          </p>
          <ButtonRow>
            <ButtonLink to={toTask('app')}>Move to another phone</ButtonLink>
            <ButtonLink to={toTask('no-app')} kind="quiet">
              Remove app
            </ButtonLink>
          </ButtonRow>
        </>
      ) : (
        <>
          <p>An app on your phone shows a new code every 30 seconds. It works offline.</p>
          <ButtonRow>
            <ButtonLink to={toTask('app')}>Set up an app</ButtonLink>
          </ButtonRow>
        </>
      )}
    </section>
  );
}

function PasskeySection({ settings: { passkeys, passkeysAvailable } }: { settings: FactorSettings }) {
  const timeZone = useTimeZone();
  const isOwnOrigin = useIsOwnOrigin();
  return (
    <section className="panel" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">Passkeys</h2>
      {passkeys.length > 0 ? (
        <ul className="people" aria-label="Your passkeys">
          {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
            <li key={id} className="person">
              <div>
                <h3 className="person-name">{name}</h3>
                <p className="field-hint">
                  Added <LetterDate at={createdAt} timeZone={timeZone} />,{' '}
                  {lastUsedAt ? (
                    <>
                      last used <LetterDate at={lastUsedAt} timeZone={timeZone} />
                    </>
                  ) : (
                    'not used yet'
                  )}
                </p>
              </div>
              <ButtonRow>
                <ButtonLink to={toTask('rename-passkey', id)} kind="quiet">
                  Rename <span className="visually-hidden">{name}</span>
                </ButtonLink>
                <ButtonLink to={toTask('no-passkey', id)} kind="quiet">
                  Remove <span className="visually-hidden">{name}</span>
                </ButtonLink>
              </ButtonRow>
            </li>
          ))}
        </ul>
      ) : (
        <p>Your fingerprint, your face or a security key, instead of a code.</p>
      )}
      {passkeysAvailable && !isOwnOrigin ? (
        <PasskeysElsewhere />
      ) : passkeysAvailable ? (
        <>
          <noscript>
            <p className="field-hint">Turn JavaScript on to add one.</p>
          </noscript>
          <ButtonRow>
            <ButtonLink to={toTask('passkey')}>Add a passkey</ButtonLink>
          </ButtonRow>
        </>
      ) : (
        <p className="field-hint">Passkeys need https and a domain name, so they can’t be added here.</p>
      )}
    </section>
  );
}

function CodesSection({ codes: { left, since } }: { codes: NonNullable<FactorSettings['codes']> }) {
  const timeZone = useTimeZone();
  return (
    <section className="panel" aria-labelledby="codes-title">
      <h2 id="codes-title">One-time codes</h2>
      <p>
        <strong>{left === 0 ? 'None' : left} of ten</strong> left
        {since ? (
          <>
            , created <LetterDate at={since} timeZone={timeZone} />
          </>
        ) : null}
        . Each works once, instead of your app or a passkey. {left < 3 ? ' It’s time to get new ones.' : ''}
      </p>
      <ButtonRow>
        <ButtonLink to={toTask('codes')}>Get ten new codes</ButtonLink>
      </ButtonRow>
    </section>
  );
}
