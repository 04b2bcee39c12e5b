import type { ReactNode } from 'react';
import type { FormProblem as Problem } from '#app/http/errors.server.ts';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { AnsweredLetter } from './answered-letter.tsx';
import type { ShownDraft } from './draft-form.ts';
import type { KeyStatuses } from './to-field.tsx';
import { UnsavedText } from './unsaved-text.tsx';
import type { useAutosave } from './use-autosave.ts';

export interface EditorProps {
  draft: ShownDraft;
  friends: { username: string; displayName: string }[];
  statuses: KeyStatuses;
  stampsOffered: boolean;
  saved: boolean;
  answered: AnsweredLetter | null;
}

interface EditorFrameProps {
  answered: AnsweredLetter | null;
  version: number;
  saved: boolean;
  problem: (Problem & { loggedOut?: boolean }) | null;
  /** The fields that are still wrong. */
  wrong: Problem['fields'];
  autosave: Pick<ReturnType<typeof useAutosave>, 'leaving' | 'save'>;
  children: ReactNode;
}

/** The part of the editor above the sheet: heading, problems and unsaved changes. */
export function EditorFrame(props: EditorFrameProps) {
  const { answered, version, saved, problem, wrong, autosave, children } = props;
  const title = version > 0 ? 'Edit draft' : 'New letter';
  return (
    <>
      <h1 className={problem?.loggedOut ? undefined : 'visually-hidden'}>
        {problem?.loggedOut ? 'You were logged out' : title}
      </h1>
      {/* The notice stays: removing it would move the text from under the user's finger. */}
      {saved ? <Notice kind="success">Draft saved.</Notice> : null}
      <UnsavedText {...autosave} />
      {problem?.loggedOut ? <LoggedOut focusOn={problem} /> : <FormProblem problem={problem} wrong={wrong} />}
      {answered ? <AnsweredLetter {...answered} /> : null}
      {children}
    </>
  );
}

/** Tells a logged-out user how to continue. @param children specific to this form */
export function LoggedOut({ focusOn, children }: { focusOn: object; children?: ReactNode }) {
  return (
    <Notice kind="error" title="Nothing was sent and nothing is lost" focusOn={focusOn}>
      <p>
        <a href="/login" target="_blank" rel="noreferrer">
          Open login in a new tab
        </a>
        , then come back here and press the button again.{children}
      </p>
    </Notice>
  );
}
