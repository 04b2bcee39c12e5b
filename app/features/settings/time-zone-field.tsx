import { SelectField, type SelectFieldProps } from '#app/ui/field.tsx';

export function TimeZoneField({
  zones,
  ...field
}: { zones: readonly string[] } & Pick<SelectFieldProps, 'hint' | 'placeholder' | 'defaultValue'>) {
  return (
    <SelectField
      name="timeZone"
      label="Your time zone"
      options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      {...field}
    />
  );
}
