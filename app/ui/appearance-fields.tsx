import type { ReactNode } from 'react';
import type { Appearance } from './appearance.ts';

type Choice = readonly [value: string, label: ReactNode];

const choices: readonly { name: keyof Appearance; label: string; options: readonly Choice[] }[] = [
  {
    name: 'theme',
    label: 'Colours',
    options: [
      ['device', 'Automatic'],
      ['light', 'Light'],
      ['sepia', 'Sepia'],
      ['dark', 'Dark'],
    ],
  },
  {
    name: 'text',
    label: 'Text size',
    options: [
      ['normal', 'Normal'],
      ['large', 'Large'],
      ['larger', 'Larger'],
    ],
  },
  {
    name: 'spacing',
    label: 'Space between lines',
    options: [
      ['normal', 'Normal'],
      ['wide', 'Wide'],
    ],
  },
  {
    name: 'face',
    label: 'Type in letters',
    options: [
      ['letter', 'The letter’s own'],
      [
        'plain',
        <span key="plain" className="plain-sample">
          Plain
        </span>,
      ],
    ],
  },
];

/** The choices of how pages look, as rows of radio buttons. */
export function AppearanceFields({ value }: { value: Appearance }) {
  return choices.map(({ name, label, options }) => (
    <fieldset key={name} className="field">
      <legend className="field-label">{label}</legend>
      <div className="segments">
        {options.map(([option, text]) => (
          <label key={option} className="segment">
            <input type="radio" name={name} value={option} defaultChecked={option === value[name]} />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  ));
}
