import { type ReactNode, useRef } from 'react';
import type { FormProblem } from '#app/http/errors.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import type { PersonNameProps } from '#app/ui/person-name.tsx';
import { HiddenField } from '#app/ui/sealed-fields.tsx';
import { ArrivalFields } from './arrival-fields.tsx';
import { DefaultSubmit } from './default-submit.tsx';
import type { ShownDraft } from './draft-form.ts';
import type { AttachedPhoto } from './photo-card.tsx';
import { PhotoPicker } from './photo-picker.tsx';
import { SavedLine } from './saved-line.tsx';
import { StampField } from './stamp-field.tsx';
import { StampIdeaField } from './stamp-idea-field.tsx';
import { StationeryFields } from './stationery-fields.tsx';
import { TextFields } from './text-fields.tsx';
import { type KeyStatuses, ToField } from './to-field.tsx';
import type { SaveState } from './use-autosave.ts';
import { useKeyboardInset } from './use-keyboard-inset.ts';
import { WordCount } from './word-count.tsx';

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
  /** The progress of photos that are being sealed. */
  children?: ReactNode;
}

/** The sheet of paper, and under it the bar that stays in sight while it grows. */
export function DraftFields(props: DraftFieldsProps) {
  const bar = useRef<HTMLDivElement>(null);
  useKeyboardInset(bar);
  const { draft, version, photos, friends, statuses, stampsOffered, wrong, pressed, save } = props;
  return (
    <>
      <DefaultSubmit />
      {/* Text comes before files, so that it is read even if there are too many photos. */}
      <HiddenField name="letterId" value={draft.id} />
      <HiddenField name="version" value={version} />
      {draft.inReplyTo ? <HiddenField name="inReplyTo" value={draft.inReplyTo} /> : null}
      <div className="sheet writing-sheet">
        <ToField friends={friends} statuses={statuses} to={draft.to} error={wrong.to} />
        <TextFields draft={draft} wrong={wrong} />
        <PhotoPicker photos={photos} error={wrong.photos} />
        <StationeryFields stationery={draft.stationery} />
        <StampField motif={draft.stamp} />
        <ArrivalFields arrival={draft.arrival} error={wrong.arrival} />
        {stampsOffered ? <StampIdeaField idea={draft.stampIdea ?? ''} error={wrong.stampIdea} /> : null}
      </div>
      <div className="writing-bar" ref={bar}>
        {props.children}
        <p className="writing-state">
          <SavedLine save={save} savedAt={draft.savedAt} />
          <WordCount initial={draft.body} />
        </p>
        <div className="writing-buttons">
          <SubmitButton
            name="intent"
            value="save"
            kind="secondary"
            pending={pressed === 'save'}
            pendingLabel="Saving…"
          >
            <span>
              Save<span className="as-draft"> as draft</span>
            </span>
          </SubmitButton>
          <SubmitButton
            name="intent"
            value="send"
            pending={pressed === 'send'}
            pendingLabel="Sealing…"
            aria-keyshortcuts="Control+Enter Meta+Enter"
          >
            Seal and send
          </SubmitButton>
        </div>
      </div>
    </>
  );
}
