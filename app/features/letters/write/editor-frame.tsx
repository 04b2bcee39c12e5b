import type { ReactNode } from 'react';
import type { FormProblem as Problem } from '#app/http/errors.server.ts';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import type { ShownDraft } from './draft-form.ts';
import type { KeyStatuses } from './to-field.tsx';
import { UnsavedText } from './unsaved-text.tsx';
import type { useAutosave } from './use-autosave.ts';

/** What the editor of a letter is given, whoever seals it. */
export interface EditorProps {
  draft: ShownDraft;
  friends: { username: string; displayName: string }[];
  statuses: KeyStatuses;
  /** Whether there is somebody to paint a stamp. */
  stampsOffered: boolean;
  /** The user has just pressed save. */
  saved: boolean;
}

interface EditorFrameProps {
  version: number;
  saved: boolean;
  problem: (Problem & { loggedOut?: boolean }) | null;
  autosave: Pick<ReturnType<typeof useAutosave>, 'leaving' | 'save'>;
  children: ReactNode;
}

/** What stands above the form of a letter: what it is, what became of it, and what is not saved yet. */
export function EditorFrame({ version, saved, problem, autosave, children }: EditorFrameProps) {
  const title = version > 0 ? 'Edit draft' : 'New letter';
  return (
    <>
      <PageHeading title={problem?.loggedOut ? 'You were logged out' : title} />
      {/* It stays: what goes away above a button moves the button from under the finger. */}
      {saved ? <Notice kind="success">Draft saved.</Notice> : null}
      <UnsavedText {...autosave} />
      {problem?.loggedOut ? <LoggedOut focusOn={problem} /> : <FormProblem problem={problem} />}
      {children}
    </>
  );
}

/** Says how to go on for a user who was logged out. @param children what is special about this form */
export function LoggedOut({ focusOn, children }: { focusOn: object; children?: ReactNode }) {
  return (
    <Notice kind="error" title="Nothing was sent and nothing is lost" focusOn={focusOn}>
      <p>
        <a href="/login" target="_blank" rel="noreferrer">
          Log in in a new tab
        </a>
        , then come back here and press the button again.{children}
      </p>
    </Notice>
  );
}
