import { Field, SelectField } from '#app/ui/field.tsx';
import { arrivalPresets } from '#core/schemas/arrival-presets.ts';
import { arrivalFields } from './draft-form.ts';

const labels = { now: 'Now', tonight: 'Tonight', 'in-three-days': 'In three days' };

const whens = [
  ...arrivalPresets.map((value) => ({ value, label: labels[value] })),
  { value: 'date', label: 'On a date…' },
];

interface ArrivalFieldsProps {
  /** Undefined is now; empty while a date is to be chosen. */
  arrival: string | undefined;
  error: string | undefined;
}

/** When the letter is to arrive. The style sheet shows the date where one is to be chosen. */
export function ArrivalFields({ arrival, error }: ArrivalFieldsProps) {
  const chosen = arrivalFields(arrival);
  return (
    <div className="arrival">
      <SelectField
        name="arrival"
        label="Arrives"
        options={whens}
        defaultValue={chosen.arrival}
        error={chosen.arrival === 'date' ? undefined : error}
        required
      />
      <Field
        name="arrivalDate"
        label="Day"
        type="date"
        defaultValue={chosen.arrivalDate}
        error={chosen.arrival === 'date' ? error : undefined}
        hint="It arrives at nine in the morning, your friend’s time. Until then you can call it back."
        unmarked
      />
    </div>
  );
}
