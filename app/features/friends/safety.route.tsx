import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import {
  type ClientLoaderFunctionArgs,
  Form,
  useActionData,
  useLoaderData,
  useNavigate,
  useRevalidator,
} from '@remix-run/react';
import { useState } from 'react';
import { orErrorPage, privateHeaders } from '#app/http/errors.server.ts';
import { requirePerson } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { keysOf } from '#app/modes/open-sealed.ts';
import { isSealed, sealedData } from '#app/modes/sealed-session.server.ts';
import { NotOpened } from '#app/modes/unlock/waiting-pages.tsx';
import { useOpened } from '#app/modes/use-opened.ts';
import { explainFailure } from '#app/modes/use-sealing.ts';
import { ButtonLink, ButtonRow, SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { KeyStandingLine } from '#app/ui/key-standing.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { writeName } from '#app/ui/person-name.tsx';
import { HiddenField, SealedForm } from '#app/ui/sealed-fields.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import type { KeyStanding } from '#core/friends/friend-key.ts';
import type { FriendKey } from '#core/friends/pins.ts';
import { isId } from '#core/id.ts';
import { type FriendKeyData, openLoadedKey } from './friend-key-data.ts';

export const meta: MetaFunction = () => [{ title: 'Safety number · Project BFF' }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const username = params.username ?? '';
  const draft = new URL(request.url).searchParams.get('draft');
  const loaded = await orErrorPage(async (): Promise<FriendKeyData> => {
    if (!(await isSealed(api))) {
      const { username: _, displayName, ...known } = await api.friends.key({ username });
      return { username, displayName, known, sealedFor: null, sealed: null, opening: 'open' };
    }
    const { displayName, userId, publicKey } = await api.friends.keys({ username });
    const sealed = await sealedData(api, { userId, username, displayName, publicKey });
    return { username, displayName, known: null, sealedFor: sealed.username, sealed, opening: 'opening' };
  });
  return data({ ...loaded, draft: isId(draft) ? draft : null }, { headers: privateHeaders });
}

/** In a sealed session the key is compared here with the one that is remembered. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return openLoadedKey((await serverLoader<typeof loader>()) as Loaded);
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields } = await readForm(request);
  const username = params.username ?? '';
  if (fields.intent === 'compare') {
    const { safetyNumber } = await orErrorPage(() => api.friends.key({ username }));
    return data(compare(fields.theirs ?? '', safetyNumber), { headers: privateHeaders });
  }
  await orErrorPage(() => api.friends.trustKey({ username, verified: fields.intent === 'verified' }));
  throw redirect(isId(fields.draft) ? `/write?draft=${fields.draft}` : `/friends/${username}/safety`);
}

type Loaded = FriendKeyData & { draft: string | null };

export default function SafetyNumberPage() {
  const loaded = useOpened(useLoaderData<typeof clientLoader>() as Loaded, openLoadedKey<Loaded>);
  if (!loaded.known) {
    return (
      <Page width="form">
        <NotOpened opening={loaded.opening} what="your safety number" />
      </Page>
    );
  }
  const shown = { ...loaded, ...loaded.known };
  return (
    <Page width="form">
      {loaded.friend && loaded.sealedFor !== null ? (
        <SealedComparison {...shown} sealedFor={loaded.sealedFor} friend={loaded.friend} />
      ) : (
        <OpenComparison {...shown} />
      )}
    </Page>
  );
}

interface Shown extends KeyStanding {
  username: string;
  displayName: string;
  safetyNumber: string;
  /** A letter that waits for this. */
  draft: string | null;
}

/** Compared and remembered by the server, with the keys of the session. */
function OpenComparison(shown: Shown) {
  const compared = useActionData<typeof action>() ?? null;
  return (
    <>
      <SafetyNumber {...shown} compared={compared} />
      <Form method="post" className="form" noValidate>
        <ComparisonFields {...shown} compared={compared} />
      </Form>
    </>
  );
}

/** Compared and remembered here. */
function SealedComparison({ friend, sealedFor, ...shown }: Shown & { friend: FriendKey; sealedFor: string }) {
  const [compared, setCompared] = useState<Compared | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { revalidate } = useRevalidator();
  const navigate = useNavigate();
  const onSeal = async (fields: FormData) => {
    const intent = fields.get('intent');
    if (intent === 'compare')
      return setCompared(compare(String(fields.get('theirs') ?? ''), shown.safetyNumber));
    try {
      const [keys, { restoreRemembered, trustShownKey }] = await Promise.all([
        keysOf(sealedFor),
        import('#app/browser/keys/open-friend-key.ts'),
      ]);
      if (!keys) return setProblem('You were logged out. Log in again, then look at this page once more.');
      if (intent === 'restore') await restoreRemembered(keys);
      else await trustShownKey(keys, friend, intent === 'verified');
    } catch (error) {
      return setProblem((await explainFailure(error)).message);
    }
    setProblem(null);
    setCompared(null);
    if (shown.draft && (intent !== 'restore' || shown.trust !== 'changed'))
      navigate(`/write?draft=${shown.draft}`);
    else revalidate();
  };
  return (
    <>
      {problem ? <Notice kind="error">{problem}</Notice> : null}
      <SafetyNumber {...shown} compared={compared} />
      <SealedForm className="form" onSeal={onSeal}>
        <ComparisonFields {...shown} compared={compared} />
      </SealedForm>
    </>
  );
}

interface Compared {
  same: boolean;
  theirs: string;
}

function compare(theirs: string, safetyNumber: string): Compared {
  return { same: theirs.replace(/\D/g, '') === safetyNumber, theirs };
}

const withheldTitles = {
  older: 'The server’s list of your friends’ keys is older than this browser’s',
  missing: 'The server no longer has the list of your friends’ keys that this browser knows',
} as const;

/** The number, and what is known of the friend's key. */
function SafetyNumber({ compared, ...shown }: Shown & { compared: Compared | null }) {
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
            <KeyStandingLine friend={{ username, displayName }} standing={shown} timeZone={timeZone} here />
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

function ComparisonFields({
  displayName,
  trust,
  withheld,
  draft,
  compared,
}: Shown & { compared: Compared | null }) {
  return (
    <>
      {draft ? <HiddenField name="draft" value={draft} /> : null}
      <Field
        name="theirs"
        multiline
        rows={3}
        unmarked
        label={`The number ${displayName} sees`}
        hint="Type or paste it here, and we’ll check."
        inputMode="numeric"
        defaultValue={compared?.theirs}
        autoComplete="off"
      />
      <ButtonRow>
        <SubmitButton name="intent" value="compare" kind={compared?.same ? 'secondary' : 'primary'}>
          Compare
        </SubmitButton>
        {/* Nobody is offered to call two numbers the same that have just turned out not to be. */}
        {compared?.same === false ? null : (
          <SubmitButton name="intent" value="verified" kind={compared?.same ? 'primary' : 'secondary'}>
            {draft ? 'It is the same: mark as verified and go on' : 'It is the same: mark as verified'}
          </SubmitButton>
        )}
        {withheld ? (
          <SubmitButton name="intent" value="restore" kind="quiet">
            Go on with what this browser remembers
          </SubmitButton>
        ) : null}
        {trust === 'changed' && !withheld ? (
          <SubmitButton name="intent" value="trust" kind="quiet">
            Use the new key without comparing
          </SubmitButton>
        ) : null}
        <ButtonLink to="/friends" kind="quiet">
          Friends
        </ButtonLink>
      </ButtonRow>
    </>
  );
}
