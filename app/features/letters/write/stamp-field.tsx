import { useFieldName } from '#app/ui/sealed-fields.tsx';
import { type StampMotif, stampMotifNames, stampMotifs } from '#core/stamps/stamp-motifs.ts';

const labels: Record<StampMotif, string> = {
  whale: 'Whale',
  lighthouse: 'Lighthouse',
  kite: 'Kite',
  teacup: 'Cup of tea',
  cat: 'Cat',
};

/**
 * The choice of the stamp's motif. The stamp itself is still drawn from the sealed letter, in
 * colours of its own.
 */
export function StampField({ motif }: { motif: string | undefined }) {
  return (
    <details className="stationery">
      <summary>Stamp</summary>
      <fieldset className="stationery-choice">
        <legend className="field-label">Stamp</legend>
        <StampChoice value="" label="Surprise me" chosen={motif} />
        {stampMotifNames.map((name) => (
          <StampChoice key={name} value={name} label={labels[name]} chosen={motif} />
        ))}
      </fieldset>
    </details>
  );
}

interface StampChoiceProps {
  value: StampMotif | '';
  label: string;
  chosen: string | undefined;
}

function StampChoice({ value, label, chosen = '' }: StampChoiceProps) {
  return (
    <label className="swatch swatch-stamp">
      <input
        type="radio"
        // As in StationeryFields.
        name="choose-stamp"
        {...useFieldName('stamp')}
        value={value}
        defaultChecked={chosen === value}
      />
      {value ? (
        <img
          className="stamp"
          src={`/stamps/${stampMotifs[value].seed}.svg`}
          alt=""
          width={48}
          height={60}
          loading="lazy"
        />
      ) : null}
      <span>{label}</span>
    </label>
  );
}
