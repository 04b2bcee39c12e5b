import { ButtonLink, ButtonRow, SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { HiddenField } from '#app/ui/sealed-fields.tsx';
import type { ComparedKey } from '#core/friends/compare-friend-key.ts';

/** Whether the number a friend sees is the same, once it was typed. */
export interface Comparison {
  same: boolean;
  theirs: string;
}

/** Compares what was typed with the number. */
export function compareNumbers(theirs: string, safetyNumber: string): Comparison {
  return { same: theirs.replace(/\D/g, '') === safetyNumber, theirs };
}

/** A friend's key as the safety page shows it. */
export interface ShownKey extends ComparedKey {
  username: string;
  displayName: string;
  /** A letter that waits for this. */
  draft: string | null;
  compared: Comparison | null;
}

/** The fields and buttons of the safety page. */
export function ComparisonFields({ displayName, trust, withheld, draft, compared }: ShownKey) {
  return (
    <>
      {draft ? <HiddenField name="draft" value={draft} /> : null}
      <Field
        name="theirs"
        multiline
        rows={3}
        unmarked
        label={`The number ${displayName} sees`}
        hint="Type or paste it here, and we’ll check."
        inputMode="numeric"
        defaultValue={compared?.theirs}
        autoComplete="off"
      />
      <ButtonRow>
        <SubmitButton name="intent" value="compare" kind={compared?.same ? 'secondary' : 'primary'}>
          Compare
        </SubmitButton>
        {/* Nobody is offered to call two numbers the same that have just turned out not to be. */}
        {compared?.same === false ? null : (
          <SubmitButton name="intent" value="verified" kind={compared?.same ? 'primary' : 'secondary'}>
            {draft ? 'They match: mark as verified and continue' : 'They match: mark as verified'}
          </SubmitButton>
        )}
        {withheld ? (
          <SubmitButton name="intent" value="restore" kind="quiet">
            Keep using what this browser remembers
          </SubmitButton>
        ) : null}
        {trust === 'changed' && !withheld ? (
          <SubmitButton name="intent" value="trust" kind="quiet">
            Use the new key without comparing
          </SubmitButton>
        ) : null}
        <ButtonLink to="/friends" kind="quiet">
          Friends
        </ButtonLink>
      </ButtonRow>
    </>
  );
}
