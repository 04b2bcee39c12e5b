import { useState } from 'react';
import { SelectField, type SelectFieldProps } from '#app/ui/field.tsx';
import { useFormState } from '#app/ui/form-state.ts';
import type { ZoneGroup } from './offer-time-zones.server.ts';

type TimeZoneFieldProps = { zones: readonly ZoneGroup[]; defaultValue: string } & Pick<
  SelectFieldProps,
  'hint' | 'placeholder'
>;

/** A time zone, chosen by its city. With JavaScript, a search narrows the list down. */
export function TimeZoneField({ zones, defaultValue, ...field }: TimeZoneFieldProps) {
  const { typed } = useFormState();
  const [value, setValue] = useState(typed.timeZone ?? defaultValue);
  const [sought, setSought] = useState('');
  const found = findZones(zones, sought);
  const matches = found.flatMap(({ options }) => options);
  const search = (text: string) => {
    setSought(text);
    const [first] = findZones(zones, text).flatMap(({ options }) => options);
    if (text.trim() && first) setValue(first.value);
  };
  const isSearching = sought.trim() !== '' && matches.length > 0;
  return (
    <>
      <SelectField
        name="timeZone"
        label="Your time zone"
        options={isSearching ? found : zones}
        {...field}
        {...(isSearching && { placeholder: undefined })}
        value={value}
        onChange={({ currentTarget }) => setValue(currentTarget.value)}
      />
      <div className="field zone-search">
        <label htmlFor="zone-search" className="field-label">
          Find a city
        </label>
        <input
          id="zone-search"
          type="search"
          className="control"
          autoComplete="off"
          value={sought}
          aria-controls="timeZone"
          onChange={({ currentTarget }) => search(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
        <p className="field-hint" role="status">
          {sought.trim() ? said(matches) : null}
        </p>
      </div>
    </>
  );
}

function said(matches: { label: string }[]): string {
  const [first, ...others] = matches;
  if (!first) return 'No such city. Try one nearby in the same time zone.';
  return others.length === 0
    ? `Chosen: ${first.label}`
    : `Chosen: ${first.label}, and ${others.length} more found`;
}

/** Finds the zones whose city or region has words that begin with what is sought. */
function findZones(zones: readonly ZoneGroup[], sought: string): ZoneGroup[] {
  const plain = (text: string) => ` ${text.toLowerCase().replace(/[^\p{L}\p{N}+−:-]+/gu, ' ')}`;
  const wanted = plain(sought).trimEnd();
  return zones.flatMap(({ label, options }) => {
    const matching = options.filter((option) => plain(`${option.label} ${label}`).includes(wanted));
    return matching.length > 0 ? [{ label, options: matching }] : [];
  });
}
