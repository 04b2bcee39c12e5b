import { Form, useNavigation } from '@remix-run/react';
import { useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { FormProblem } from '#app/http/errors.server.ts';
import { useRootData } from '#app/root-data.ts';
import { useMended } from '#app/ui/use-mended.ts';
import { DraftFields } from './draft-fields.tsx';
import { previewUrlOf } from './draft-previews.ts';
import { EditorFrame, type EditorProps } from './editor-frame.tsx';
import { createPostedSaver } from './posted-saver.ts';
import { sendOnShortcut } from './send-on-shortcut.ts';
import { useAutosave } from './use-autosave.ts';
import { useDraftAddress } from './use-draft-address.ts';

/**
 * The editor of a letter that the server seals. Works without JavaScript; with it, the text saves
 * itself.
 */
export function PostedEditor({
  draft,
  saved,
  problem,
  answered,
  ...props
}: EditorProps & { problem: FormProblem | null }) {
  const form = useRef<HTMLFormElement>(null);
  const [version, setVersion] = useState(draft.version);
  // Flushed, because a form that waits for this save is submitted right after, with the version in
  // its field.
  const onVersion = (latest: number) => flushSync(() => setVersion(latest));
  const saver = useMemo(createPostedSaver, []);
  const autosave = useAutosave(form, onVersion, problem, saver);
  const mended = useMended(problem);
  useDraftAddress(draft.id, version);
  const navigation = useNavigation();
  const author = useRootData()?.person?.username;
  const sent = navigation.formAction?.startsWith('/write') ? navigation.formData?.get('intent') : null;
  return (
    <Form
      ref={form}
      method="post"
      action="/write"
      encType="multipart/form-data"
      className="writing"
      noValidate
      onInput={(event) => {
        autosave.onInput();
        mended.onInput(event);
      }}
      onKeyDown={sendOnShortcut}
      onSubmit={autosave.onSubmit}
    >
      <input type="hidden" name="author" value={author} />
      <EditorFrame
        answered={answered}
        version={draft.version}
        saved={saved}
        problem={problem}
        wrong={mended.wrong}
        autosave={autosave}
      >
        <DraftFields
          {...props}
          draft={draft}
          version={version}
          photos={draft.photos.map((photo) => ({
            ...photo,
            previewUrl: previewUrlOf(draft.id, photo.photoId),
          }))}
          wrong={mended.wrong}
          pressed={sent ?? autosave.pressed}
          save={autosave.save}
        />
      </EditorFrame>
    </Form>
  );
}
