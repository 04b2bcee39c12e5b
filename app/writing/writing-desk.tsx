import { Form, useNavigation } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { limits } from '#core/schemas/limits.ts';
import {
  ButtonLink,
  ButtonRow,
  ErrorSummary,
  Field,
  LetterDate,
  Notice,
  PageHeading,
  PhotoPicker,
  SelectField,
  SubmitButton,
} from '../components/index.ts';
import { useTimeZone } from '../use-time-zone.ts';
import type { Sheet } from './read-writing.server.ts';
import { StampIdeaField } from './stamp-idea-field.tsx';
import { type SaveState, useAutosave } from './use-autosave.ts';

interface WritingDeskProps {
  sheet: Sheet;
  friends: { username: string; displayName: string }[];
  /** Whether there is somebody to paint a stamp. */
  stampsOffered: boolean;
  problem: { message: string; fields: Record<string, string> } | null;
  /** The person has just pressed save. */
  saved: boolean;
}

/** The form a letter is written in. Works as it is without a script; with one the words save themselves. */
export function WritingDesk({ sheet, friends, stampsOffered, problem, saved }: WritingDeskProps) {
  const form = useRef<HTMLFormElement>(null);
  const [version, setVersion] = useState(sheet.version);
  // Flushed, because a form that waits for this save is sent right after, with the version that stands in it.
  const onVersion = (saved: number) => flushSync(() => setVersion(saved));
  const { save, onInput, onSubmit } = useAutosave(form, onVersion, problem);
  useDraftAddress(sheet.id, version);
  const navigation = useNavigation();
  const pressed = navigation.formAction?.startsWith('/write') ? navigation.formData?.get('intent') : null;
  const wrong = problem?.fields ?? {};
  const known = friends.some((friend) => friend.username === sheet.to);
  return (
    <>
      <PageHeading title={sheet.version > 0 ? 'Go on writing' : 'A new letter'} />
      {saved && save.state === 'idle' ? (
        <Notice kind="success">Saved among your drafts. Go on, or come back later.</Notice>
      ) : null}
      <ErrorSummary fields={wrong} />
      {problem && Object.keys(wrong).length === 0 ? <Notice kind="error">{problem.message}</Notice> : null}
      <Form
        ref={form}
        method="post"
        action="/write"
        encType="multipart/form-data"
        className="form writing"
        noValidate
        onInput={onInput}
        onSubmit={onSubmit}
      >
        {/* Text stands before the files, so that it is read even if the photos turn out to be too many. */}
        <input type="hidden" name="letterId" value={sheet.id} />
        <input type="hidden" name="version" value={version} />
        <SelectField
          name="to"
          label="To"
          options={friends.map((friend) => ({ value: friend.username, label: friend.displayName }))}
          placeholder="Choose a friend"
          defaultValue={known ? sheet.to : ''}
          error={wrong.to}
          required
        />
        <Field
          name="title"
          label="Title"
          defaultValue={sheet.title}
          error={wrong.title}
          required
          maxLength={limits.titleMax}
          autoComplete="off"
        />
        <Field
          name="body"
          label="Letter"
          multiline
          rows={14}
          defaultValue={sheet.body}
          error={wrong.body}
          required
          maxLength={limits.bodyMax}
        />
        {stampsOffered ? <StampIdeaField idea={sheet.stampIdea ?? ''} error={wrong.stampIdea} /> : null}
        <PhotoPicker
          photos={sheet.photos.map((photo, n) => ({
            id: photo.photoId,
            previewUrl: `/drafts/${sheet.id}/photos/${n}?size=preview`,
            caption: photo.caption,
            width: photo.width,
            height: photo.height,
          }))}
          error={wrong.photos}
        />
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
            To your drafts
          </ButtonLink>
        </ButtonRow>
        <SavedLine save={save} savedAt={sheet.savedAt} />
      </Form>
    </>
  );
}

/** Once there is a draft its address stands in the window: loading the page again must not show an empty sheet. */
function useDraftAddress(id: string, version: number) {
  useEffect(() => {
    if (version > 0 && window.location.pathname === '/write')
      window.history.replaceState(window.history.state, '', `/write?draft=${id}`);
  }, [id, version]);
}

function SavedLine({ save, savedAt }: { save: SaveState; savedAt: Date | null }) {
  const timeZone = useTimeZone();
  return (
    <p className="saved-line" role="status">
      {save.state === 'saving' ? 'Saving…' : null}
      {save.state === 'failed' ? save.message : null}
      {save.state === 'saved' ? 'Saved among your drafts just now.' : null}
      {save.state === 'idle' && savedAt ? (
        <>
          Saved <LetterDate at={savedAt} timeZone={timeZone} form="full" />
        </>
      ) : null}
    </p>
  );
}
