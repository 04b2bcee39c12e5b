import type { FormProblem } from '#app/http/errors.server.ts';
import { ButtonLink, ButtonRow, SubmitButton } from '#app/ui/button.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import type { PersonNameProps } from '#app/ui/person-name.tsx';
import { HiddenField } from '#app/ui/sealed-fields.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { DefaultSubmit } from './default-submit.tsx';
import type { ShownDraft } from './draft-form.ts';
import { type AttachedPhoto, PhotoPicker } from './photo-picker.tsx';
import { StampIdeaField } from './stamp-idea-field.tsx';
import { TextFields } from './text-fields.tsx';
import { type KeyStatuses, ToField } from './to-field.tsx';
import type { SaveState } from './use-autosave.ts';

interface DraftFieldsProps {
  draft: ShownDraft;
  /** The version to submit; newer than the draft's after an autosave. */
  version: number;
  photos: AttachedPhoto[];
  friends: PersonNameProps[];
  statuses: KeyStatuses;
  /** Whether painted stamps are available. */
  stampsOffered: boolean;
  wrong: FormProblem['fields'];
  /** The button that was pressed, while its work is running. */
  pressed: unknown;
  save: SaveState;
}

export function DraftFields(props: DraftFieldsProps) {
  const { draft, version, photos, friends, statuses, stampsOffered, wrong, pressed, save } = props;
  return (
    <>
      <DefaultSubmit />
      {/* Text comes before files, so that it is read even if there are too many photos. */}
      <HiddenField name="letterId" value={draft.id} />
      <HiddenField name="version" value={version} />
      <ToField friends={friends} statuses={statuses} to={draft.to} error={wrong.to} />
      <TextFields draft={draft} wrong={wrong} />
      {stampsOffered ? <StampIdeaField idea={draft.stampIdea ?? ''} error={wrong.stampIdea} /> : null}
      <PhotoPicker photos={photos} error={wrong.photos} />
      <ButtonRow>
        <SubmitButton name="intent" value="send" pending={pressed === 'send'} pendingLabel="Sealing…">
          Seal and send
        </SubmitButton>
        <SubmitButton
          name="intent"
          value="save"
          kind="secondary"
          pending={pressed === 'save'}
          pendingLabel="Saving…"
        >
          Save as draft
        </SubmitButton>
        <ButtonLink to="/drafts" kind="quiet">
          Drafts
        </ButtonLink>
      </ButtonRow>
      <SavedLine save={save} savedAt={draft.savedAt} />
    </>
  );
}

function SavedLine({ save, savedAt }: { save: SaveState; savedAt: Date | null }) {
  const timeZone = useTimeZone();
  return (
    <p className="saved-line" role="status">
      {save.state === 'saving' ? 'Saving…' : null}
      {save.state === 'failed' ? save.message : null}
      {save.state === 'saved' && !save.photosWait ? 'Saved just now.' : null}
      {save.state === 'saved' && save.photosWait
        ? 'Your text is saved. To save photos too, press “Save as draft” or send.'
        : null}
      {save.state === 'idle' && savedAt ? (
        <>
          Saved <LetterDate at={savedAt} timeZone={timeZone} form="full" />
        </>
      ) : null}
    </p>
  );
}
