import { useFieldName } from '#app/ui/sealed-fields.tsx';
import { faces, inks, papers, type Stationery } from '#core/schemas/stationery.ts';

const choices = [
  {
    name: 'paper',
    legend: 'Paper',
    options: papers,
    labels: {
      white: 'White',
      cream: 'Cream',
      airmail: 'Airmail',
      squared: 'Squared',
      rose: 'Rose',
      kraft: 'Kraft',
    },
  },
  {
    name: 'ink',
    legend: 'Ink',
    options: inks,
    labels: { 'blue-black': 'Blue-black', black: 'Black', sepia: 'Sepia', green: 'Green' },
  },
  {
    name: 'face',
    legend: 'Handwriting',
    options: faces,
    labels: { type: 'Type', flowing: 'Flowing', round: 'Round', neat: 'Neat' },
  },
] as const;

/**
 * The choice of paper, ink and handwriting. The sheet around it shows what is chosen by style sheet
 * alone (app/ui/styles/stationery.css).
 */
export function StationeryFields({ stationery }: { stationery: Stationery }) {
  return (
    <details className="stationery">
      <summary>Paper and ink</summary>
      {choices.map(({ name, legend, options, labels }) => (
        <fieldset key={name} className="stationery-choice">
          <legend className="field-label">{legend}</legend>
          {options.map((option) => (
            <StationeryOption
              key={option}
              name={name}
              value={option}
              label={(labels as Record<string, string>)[option] ?? option}
              chosen={stationery[name] === option}
            />
          ))}
        </fieldset>
      ))}
    </details>
  );
}

interface OptionProps {
  name: keyof Stationery;
  value: string;
  label: string;
  chosen: boolean;
}

function StationeryOption({ name, value, label, chosen }: OptionProps) {
  return (
    <label className="swatch" {...{ [`data-${name}`]: value }}>
      <input
        type="radio"
        // Radio buttons exclude each other by their name, also where fields have none (SealedForm).
        name={`choose-${name}`}
        {...useFieldName(name)}
        value={value}
        defaultChecked={chosen}
        className={`choose-${name}`}
      />
      <span>{label}</span>
    </label>
  );
}
