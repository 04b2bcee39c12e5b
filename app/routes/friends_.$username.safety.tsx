import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { isId } from '#core/id.ts';
import { ButtonLink, ButtonRow, Field, Notice, PageHeading, SubmitButton } from '../components/index.ts';
import { orErrorPage, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { requirePerson } from '../session.server.ts';
import { readForm } from '../uploads.server.ts';

export const meta: MetaFunction = () => [{ title: 'Safety number · Project BFF' }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const friend = await orErrorPage(() => api.friends.key({ username: params.username ?? '' }));
  const draft = new URL(request.url).searchParams.get('draft');
  return data({ ...friend, draft: isId(draft) ? draft : null }, { headers: privateHeaders });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields } = await readForm(request);
  const username = params.username ?? '';
  if (fields.intent === 'compare') {
    const { safetyNumber } = await orErrorPage(() => api.friends.key({ username }));
    const theirs = (fields.theirs ?? '').replace(/\D/g, '');
    return data({ same: theirs === safetyNumber, theirs: fields.theirs ?? '' }, { headers: privateHeaders });
  }
  await orErrorPage(() => api.friends.trustKey({ username, verified: fields.intent === 'verified' }));
  throw redirect(isId(fields.draft) ? `/write?draft=${fields.draft}` : `/friends/${username}/safety`);
}

const trustLines = {
  verified: 'You have compared this number and marked it as verified.',
  pinned: 'This is the key you have seen from the start. Compare the number to be quite sure.',
  changed: '',
} as const;

export default function SafetyNumber() {
  const { displayName, trust, safetyNumber, draft } = useLoaderData<typeof loader>();
  const compared = useActionData<typeof action>();
  const groups = safetyNumber.match(/\d{5}/g) ?? [];
  return (
    <Page width="form">
      <PageHeading title={`Safety number with ${displayName}`}>
        <p>
          If {displayName} sees the same sixty digits, nobody stands between you. Compare them face to face or
          on the phone, not here.
        </p>
      </PageHeading>
      {trust === 'changed' ? (
        <Notice kind="error" title={`${displayName} has new keys`}>
          <p>
            Most likely they have started afresh, after losing password and words. It could also be somebody
            else in their place. Ask them, in another way than this.
          </p>
          {draft ? <p>Your letter is safe among your drafts and was not sealed to the new key.</p> : null}
        </Notice>
      ) : (
        <Notice kind={trust === 'verified' ? 'success' : 'info'}>{trustLines[trust]}</Notice>
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
      <Form method="post" className="form" noValidate>
        {draft ? <input type="hidden" name="draft" value={draft} /> : null}
        <Field
          name="theirs"
          label={`The number ${displayName} sees`}
          hint="If you like: type or paste it here, and we compare."
          inputMode="numeric"
          defaultValue={compared?.theirs}
          autoComplete="off"
        />
        <ButtonRow>
          <SubmitButton name="intent" value="compare" kind="secondary">
            Compare
          </SubmitButton>
          <SubmitButton name="intent" value="verified">
            {draft ? 'It is the same: mark as verified and go on' : 'It is the same: mark as verified'}
          </SubmitButton>
          {trust === 'changed' ? (
            <SubmitButton name="intent" value="trust" kind="quiet">
              Use the new key without comparing
            </SubmitButton>
          ) : null}
          <ButtonLink to="/friends" kind="quiet">
            To your friends
          </ButtonLink>
        </ButtonRow>
      </Form>
    </Page>
  );
}
