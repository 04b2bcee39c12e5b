import type { ReactNode } from 'react';
import { TaskForm } from '#app/modes/task-form.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { useFormState } from '#app/ui/form-state.ts';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { HiddenField } from '#app/ui/sealed-fields.tsx';

/** Chooses two positions at random, so that all twelve words have to be written down. */
export function twoPositions(): [number, number] {
  const [first = 0, step = 0] = crypto.getRandomValues(new Uint8Array(2));
  const one = first % 12;
  const other = (one + 1 + (step % 11)) % 12;
  return [Math.min(one, other) + 1, Math.max(one, other) + 1];
}

export function ConfirmTwoWords({
  words,
  positions,
  again,
}: {
  /** Null where the server has them. */
  words: readonly string[] | null;
  positions: readonly [number, number];
  again: ReactNode;
}) {
  return (
    <>
      <PageHeading title="Quick check">
        <p>Type these two words from your list so you know you copied them correctly.</p>
      </PageHeading>
      <TaskForm
        kind={words ? 'script' : 'plain'}
        run={async ({ fields }) => {
          const { confirmRecoveryPhrase } = await import('./confirm-phrase.ts');
          const { loggedIn } = await confirmRecoveryPhrase(words ?? [], answersOf(fields));
          return { load: loggedIn ? '/inbox' : '/join/mail' };
        }}
      >
        <TwoWords positions={positions} />
        <SubmitButton pendingLabel="Checking…">Confirm</SubmitButton>
      </TaskForm>
      <p className="form-aside">{again}</p>
    </>
  );
}

/** The fields of the two words. After a refusal the same two are asked for again. */
function TwoWords({ positions }: { positions: readonly [number, number] }) {
  const { typed } = useFormState();
  const [first, second] = [typed.first ?? positions[0], typed.second ?? positions[1]];
  return (
    <>
      <HiddenField name="first" value={first} />
      <HiddenField name="second" value={second} />
      {[first, second].map((position) => (
        <Field
          key={position}
          name={`word-${position}`}
          label={`Word ${position}`}
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      ))}
    </>
  );
}

/** Reads the two words and their positions from a form. */
export function answersOf(fields: Record<string, string>): { position: number; word: string }[] {
  return [Number(fields.first), Number(fields.second)].map((position) => ({
    position,
    word: fields[`word-${position}`] ?? '',
  }));
}
