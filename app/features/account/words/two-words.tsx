import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';

/** Which two words are asked for: any two, so that all twelve have to be written down. */
export function twoPositions(): [number, number] {
  const [first = 0, step = 0] = crypto.getRandomValues(new Uint8Array(2));
  const one = first % 12;
  const other = (one + 1 + (step % 11)) % 12;
  return [Math.min(one, other) + 1, Math.max(one, other) + 1];
}

export function TwoWordsHeading() {
  return (
    <PageHeading title="Two of your words">
      <p>A quick look at your paper, so that we both know it is right.</p>
    </PageHeading>
  );
}

export interface TwoWordsFieldsProps {
  positions: readonly number[];
  /** By position. */
  typed?: Record<number, string> | undefined;
  /** By `word-POSITION`. */
  wrong: Record<string, string>;
  busy: boolean;
}

export function TwoWordsFields({ positions, typed, wrong, busy }: TwoWordsFieldsProps) {
  return (
    <>
      {positions.map((position) => (
        <Field
          key={position}
          name={`word-${position}`}
          label={`Word ${position}`}
          defaultValue={typed?.[position]}
          error={wrong[`word-${position}`]}
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      ))}
      <SubmitButton pending={busy} pendingLabel="Looking…">
        Confirm
      </SubmitButton>
    </>
  );
}
