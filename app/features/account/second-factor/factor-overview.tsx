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

/** What is set up beside the password, and the ways to change it. */
export function FactorOverview({ settings, children }: { settings: FactorSettings; children?: ReactNode }) {
  const { on, codes } = settings;
  return (
    <>
      <PageHeading title="Two-factor log-in">
        {on ? (
          <p>
            <strong>On.</strong> After your password you are asked for something that only you have.
          </p>
        ) : (
          <p>
            <strong>Off.</strong> Whoever knows your password can log in. With a second factor they also need
            something of yours: your phone or a key.
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
            Your app shows the codes
            {app.since ? (
              <>
                , since <LetterDate at={app.since} timeZone={timeZone} />
              </>
            ) : null}
            .
          </p>
          <ButtonRow>
            <ButtonLink to={toTask('app')}>Use another phone</ButtonLink>
            <ButtonLink to={toTask('no-app')} kind="quiet">
              Remove the app
            </ButtonLink>
          </ButtonRow>
        </>
      ) : (
        <>
          <p>An app on your phone shows a new code every half minute. It works without a network.</p>
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
        <p>A fingerprint, your face or a key on your key ring, in the place of a code.</p>
      )}
      {passkeysAvailable && !isOwnOrigin ? (
        <PasskeysElsewhere />
      ) : passkeysAvailable ? (
        <>
          <noscript>
            <p className="field-hint">To add one, JavaScript has to be on; it is off here.</p>
          </noscript>
          <ButtonRow>
            <ButtonLink to={toTask('passkey')}>Add a passkey</ButtonLink>
          </ButtonRow>
        </>
      ) : (
        <p className="field-hint">
          Passkeys need a safe connection to a name, and this installation has none: they cannot be added
          here.
        </p>
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
            , made <LetterDate at={since} timeZone={timeZone} />
          </>
        ) : null}
        . Each lets you in once, without phone or passkey.
        {left < 3 ? ' It is time for new ones.' : ''}
      </p>
      <ButtonRow>
        <ButtonLink to={toTask('codes')}>Make ten new codes</ButtonLink>
      </ButtonRow>
    </section>
  );
}
