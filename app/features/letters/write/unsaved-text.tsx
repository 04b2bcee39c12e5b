import type { Blocker } from '@remix-run/react';
import { ButtonRow } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import type { SaveState } from './use-autosave.ts';

interface UnsavedTextProps {
  leaving: Extract<Blocker, { state: 'blocked' }> | null;
  save: SaveState;
}

export function UnsavedText({ leaving, save }: UnsavedTextProps) {
  if (!leaving) return null;
  return (
    <Notice kind="error" title="You have unsaved changes" focusOn={leaving}>
      <p>{save.state === 'failed' ? save.message : 'Your latest changes aren’t saved yet.'}</p>
      <ButtonRow>
        <button type="button" className="button button-primary" onClick={leaving.reset}>
          Keep editing
        </button>
        <button type="button" className="button button-quiet" onClick={leaving.proceed}>
          Discard changes
        </button>
      </ButtonRow>
    </Notice>
  );
}
