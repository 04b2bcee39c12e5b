import { ButtonLink, ButtonRow, SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { HiddenField } from '#app/ui/sealed-fields.tsx';
import type { ComparedKey } from '#core/friends/compare-friend-key.ts';

export interface Comparison {
  same: boolean;
  theirs: string;
}

export function compareNumbers(theirs: string, safetyNumber: string): Comparison {
  return { same: theirs.replace(/\D/g, '') === safetyNumber, theirs };
}

export interface ShownKey extends ComparedKey {
  username: string;
  displayName: string;
  /** The id of a draft that waits for the comparison. */
  draft: string | null;
  compared: Comparison | null;
}

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
        {/* Never offer to mark numbers as verified that have just turned out to differ. */}
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
