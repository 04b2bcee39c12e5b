import { Form } from '@remix-run/react';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field, SelectField } from '#app/ui/field.tsx';
import type { EmailNotices } from '#core/schemas/notifications.ts';
import { Choices } from '../choices.tsx';
import { TimeZoneField } from '../time-zone-field.tsx';

/** What the form shows: the settings as they are, or as they were typed when they were refused. */
export interface NoticeFormValues {
  email: string;
  digestHour: string;
  sms: boolean;
  quietFrom: string;
  quietTo: string;
  timeZone: string;
}

export type NoticeFormProps = {
  values: NoticeFormValues;
  emailAddress: string;
  /** The confirmed number, or null: then texts cannot be chosen. */
  mobile: string | null;
  /** IANA names. */
  timeZones: readonly string[];
  wrong: Readonly<Record<string, string | undefined>>;
  pending: boolean;
};

const byEmail: readonly { value: EmailNotices; label: string }[] = [
  { value: 'each', label: 'Of each letter, when it comes' },
  { value: 'daily', label: 'Once a day, of all letters that wait' },
  { value: 'off', label: 'Not by e-mail' },
];

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

/** The settings themselves: by what, how often, and when not. */
export function NoticeForm(props: NoticeFormProps) {
  const { values, wrong, mobile } = props;
  return (
    <Form method="post" className="form panel" noValidate>
      <Choices
        name="email"
        label="Tell me by e-mail"
        hint={`At ${props.emailAddress}. A mail says who wrote, never what.`}
        error={wrong.email}
        value={values.email}
        options={byEmail}
      />
      <SelectField
        name="digestHour"
        label="The mail once a day comes at"
        defaultValue={values.digestHour}
        error={wrong.digestHour}
        options={hours}
        required
      />
      {mobile ? (
        <div className={wrong.sms ? 'field field-wrong' : 'field'}>
          <label className="check">
            <input
              type="checkbox"
              id="sms"
              name="sms"
              value="on"
              defaultChecked={values.sms}
              aria-describedby={wrong.sms ? 'sms-error' : undefined}
            />
            <span>Tell me by text message to {mobile}, of each letter</span>
          </label>
          {wrong.sms ? (
            <p id="sms-error" className="field-error">
              {wrong.sms}
            </p>
          ) : null}
        </div>
      ) : null}
      <Field
        name="quietFrom"
        type="time"
        label="Quiet from"
        hint="In quiet hours you are told nothing. You are told when they are over."
        defaultValue={values.quietFrom}
        error={wrong.quietFrom}
      />
      <Field
        name="quietTo"
        type="time"
        label="Quiet until"
        defaultValue={values.quietTo}
        error={wrong.quietTo}
      />
      <TimeZoneField
        zones={props.timeZones}
        hint="By its clocks, in summer and in winter."
        placeholder="Choose the place nearest to you"
        defaultValue={values.timeZone}
        error={wrong.timeZone}
      />
      <SubmitButton name="intent" value="save" pending={props.pending} pendingLabel="Saving…">
        Save
      </SubmitButton>
    </Form>
  );
}
