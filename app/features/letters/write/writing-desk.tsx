import { Form, useNavigation } from '@remix-run/react';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { FormProblem as Problem } from '#app/http/errors.server.ts';
import { useRootData } from '#app/root-data.ts';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import type { Sheet } from './read-writing.server.ts';
import { SheetFields } from './sheet-fields.tsx';
import { UnsavedWords } from './unsaved-words.tsx';
import { useAutosave } from './use-autosave.ts';
import { useDraftAddress } from './use-draft-address.ts';
import type { FriendKeys } from './use-key-standings.ts';

interface WritingDeskProps {
  sheet: Sheet;
  friends: { username: string; displayName: string }[];
  friendKeys: FriendKeys;
  /** Whether there is somebody to paint a stamp. */
  stampsOffered: boolean;
  problem: Problem | null;
  /** The person has just pressed save. */
  saved: boolean;
}

/** The form a letter is written in. Works as it is without a script; with one the words save themselves. */
export function WritingDesk({ sheet, friends, friendKeys, stampsOffered, problem, saved }: WritingDeskProps) {
  const form = useRef<HTMLFormElement>(null);
  const [version, setVersion] = useState(sheet.version);
  // Flushed, because a form that waits for this save is sent right after, with the version that stands in it.
  const onVersion = (saved: number) => flushSync(() => setVersion(saved));
  const { save, pressed: held, onInput, onSubmit, leaving } = useAutosave(form, onVersion, problem);
  useDraftAddress(sheet.id, version);
  const navigation = useNavigation();
  const author = useRootData()?.person?.username;
  const sent = navigation.formAction?.startsWith('/write') ? navigation.formData?.get('intent') : null;
  return (
    <>
      <PageHeading title={sheet.version > 0 ? 'Go on writing' : 'A new letter'} />
      {/* It stays: what goes away above a button moves the button from under the finger. */}
      {saved ? <Notice kind="success">Saved among your drafts. Go on, or come back later.</Notice> : null}
      <UnsavedWords leaving={leaving} save={save} />
      <FormProblem problem={problem} />
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
        <input type="hidden" name="author" value={author} />
        <SheetFields
          sheet={sheet}
          version={version}
          photos={sheet.photos.map((photo) => ({
            ...photo,
            previewUrl: `/drafts/${sheet.id}/photos/${photo.photoId}?size=preview`,
          }))}
          friends={friends}
          friendKeys={friendKeys}
          stampsOffered={stampsOffered}
          wrong={problem?.fields ?? {}}
          pressed={sent ?? held}
          save={save}
        />
      </Form>
    </>
  );
}
