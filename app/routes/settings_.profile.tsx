import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { type DateLocale, dateLocales, writeDate } from '#core/dates/write-date.ts';
import { limits } from '#core/schemas/limits.ts';
import {
  ButtonLink,
  ErrorSummary,
  Field,
  Notice,
  PageHeading,
  SelectField,
  SubmitButton,
} from '../components/index.ts';
import { attempt, formProblem, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { requirePerson } from '../session.server.ts';
import { timeZoneOf } from '../time-zone.server.ts';
import { timeZones } from '../time-zones.server.ts';
import { readForm } from '../uploads.server.ts';

export const meta: MetaFunction = () => [{ title: 'Profile · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const profile = await api.profile.read();
  // What the browser says is a suggestion; it counts once it is saved.
  const timeZone = profile.timeZone ?? timeZoneOf(request) ?? '';
  return data({ profile, timeZone, timeZones: timeZones(timeZone) }, { headers: privateHeaders });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields, problem } = await readForm(request);
  const refuse = (refusal: ReturnType<typeof formProblem>, status: number) =>
    data({ problem: refusal, typed: fields }, { status, headers: privateHeaders });
  if (problem) return refuse(formProblem(problem), 400);
  const { displayName = '', timeZone = '', locale = '' } = fields;
  // As typed: the schema says in words what is wrong with it.
  const outcome = await attempt(() =>
    api.profile.save({ displayName, timeZone, locale: locale as DateLocale }),
  );
  if (!outcome.ok) return refuse(outcome.problem, outcome.status);
  throw redirect('/settings/profile?done=saved');
}

const sample = new Date(Date.UTC(2026, 10, 3, 17, 5));
const dateStyles = dateLocales.map((locale) => ({
  value: locale,
  label: writeDate(sample, 'UTC', locale, 'full').replace(/ UTC$/, ''),
}));

export default function ProfileSettings() {
  const { profile, timeZone, timeZones: zones } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const saved = useSearchParams()[0].has('done') && !refused;
  const wrong = refused?.problem.fields ?? {};
  const typed: Record<string, string | undefined> = refused?.typed ?? {};
  return (
    <Page width="form">
      <PageHeading title="Profile">
        <p>What your friends see of you, and how dates are written for you.</p>
      </PageHeading>
      {saved ? <Notice kind="success">Saved.</Notice> : null}
      <ErrorSummary fields={wrong} />
      {refused && Object.keys(wrong).length === 0 ? (
        <Notice kind="error">{refused.problem.message}</Notice>
      ) : null}
      <Form method="post" className="form panel" noValidate>
        <Field
          name="displayName"
          label="Your name"
          hint={`Your friends see it beside ${profile.username}, which stays as it is.`}
          defaultValue={typed.displayName ?? profile.displayName}
          error={wrong.displayName}
          maxLength={limits.displayNameMax}
          autoComplete="nickname"
        />
        <SelectField
          name="timeZone"
          label="Your time zone"
          hint="Dates and quiet hours go by its clocks."
          placeholder="As this device has it"
          defaultValue={typed.timeZone ?? timeZone}
          error={wrong.timeZone}
          options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
        <SelectField
          name="locale"
          label="How dates are written"
          defaultValue={typed.locale ?? profile.locale}
          error={wrong.locale}
          options={dateStyles}
          required
        />
        <SubmitButton pending={busy} pendingLabel="Saving…">
          Save
        </SubmitButton>
      </Form>
      <ul className="people">
        <li className="person">
          <div>
            <h2 className="person-name">Mobile number</h2>
            <p className="field-hint">{profile.mobile ?? 'None'}</p>
          </div>
          <ButtonLink to="/settings/notifications#mobile-heading">Change your mobile number</ButtonLink>
        </li>
      </ul>
      <p className="form-aside">
        <Link to="/settings">Back to the settings</Link>
      </p>
    </Page>
  );
}
