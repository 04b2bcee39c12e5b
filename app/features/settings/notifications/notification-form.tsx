import type { AppClient } from '#app/http/api.server.ts';
import { TaskForm } from '#app/modes/task-form.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field, SelectField } from '#app/ui/field.tsx';
import { useFormState } from '#app/ui/form-state.ts';
import type { EmailNotices } from '#core/schemas/notifications.ts';
import { Choices } from '../choices.tsx';
import type { ZoneGroup } from '../offer-time-zones.server.ts';
import { TimeZoneField } from '../time-zone-field.tsx';

type NoticeFormProps = {
  settings: Awaited<ReturnType<AppClient['notifications']['settings']['query']>>;
  /** The confirmed number; null disables the choice of texts. */
  mobile: string | null;
  /** The saved zone or a suggestion: IANA names. */
  timeZone: string;
  timeZones: readonly ZoneGroup[];
};

const byEmail: readonly { value: EmailNotices; label: string }[] = [
  { value: 'each', label: 'Every letter, right away' },
  { value: 'daily', label: 'One daily summary' },
  { value: 'off', label: 'No emails' },
];

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

export function NotificationForm({ settings, mobile, timeZone, timeZones }: NoticeFormProps) {
  return (
    <TaskForm kind="plain" className="form panel" problemShown>
      <Choices
        name="email"
        label="Email me about"
        hint={`Sent to ${settings.emailAddress}. Emails say who wrote, never what they wrote.`}
        value={settings.email}
        options={byEmail}
      />
      <SelectField
        name="digestHour"
        label="Send summary at"
        defaultValue={String(settings.digestHour)}
        options={hours}
        required
      />
      {mobile ? <ByText mobile={mobile} chosen={settings.sms === 'on'} /> : null}
      <Field
        name="quietFrom"
        type="time"
        label="Quiet hours start"
        hint="We’ll wait until quiet hours are over before we tell you about a letter."
        defaultValue={settings.quietFrom}
      />
      <Field name="quietTo" type="time" label="Quiet hours end" defaultValue={settings.quietTo} />
      <TimeZoneField
        zones={timeZones}
        hint="Adjusts for daylight saving."
        placeholder="Choose the city nearest you"
        defaultValue={timeZone}
      />
      <SubmitButton name="intent" value="save" pendingLabel="Saving…">
        Save
      </SubmitButton>
    </TaskForm>
  );
}

function ByText({ mobile, chosen }: { mobile: string; chosen: boolean }) {
  const { wrong, typed } = useFormState();
  return (
    <div className={wrong.sms ? 'field field-wrong' : 'field'}>
      <label className="check">
        <input
          type="checkbox"
          id="sms"
          name="sms"
          value="on"
          defaultChecked={typed.intent === 'save' ? typed.sms === 'on' : chosen}
          aria-describedby={wrong.sms ? 'sms-error' : undefined}
        />
        <span>Text {mobile} about every letter</span>
      </label>
      {wrong.sms ? (
        <p id="sms-error" className="field-error">
          {wrong.sms}
        </p>
      ) : null}
    </div>
  );
}
