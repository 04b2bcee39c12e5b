import { type Blocker, useBeforeUnload, useBlocker } from '@remix-run/react';
import { type RefObject, useCallback, useEffect, useState } from 'react';

type Blocked = Extract<Blocker, { state: 'blocked' }>;

/** Milliseconds somebody who wants to leave waits for a save before they are asked. */
const patience = 3000;

/**
 * Keeps a page from being left while something on it is saved nowhere. It is saved first; where that fails, or takes too
 * long, the person decides.
 *
 * @param save what became of the last save: one that comes through while the person is asked ends the question
 * @returns null, or the step that waits for their answer: `proceed()` takes it, `reset()` stays
 */
export function useLeaveGuard(
  unsaved: RefObject<boolean>,
  saveNow: () => Promise<void>,
  save: object,
): Blocked | null {
  const blocker = useBlocker(useCallback(() => unsaved.current === true, [unsaved]));
  const [asked, setAsked] = useState<Blocked | null>(null);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    let isOver = false;
    const ask = () => {
      if (!isOver) setAsked(blocker);
      isOver = true;
    };
    const timer = setTimeout(ask, patience);
    void saveNow().then(() => {
      clearTimeout(timer);
      if (unsaved.current) ask();
      else if (!isOver) blocker.proceed();
    });
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [blocker, saveNow, unsaved]);
  useEffect(() => {
    if (asked && asked === blocker && save && !unsaved.current) asked.reset();
  }, [asked, blocker, save, unsaved]);
  // Closing the window, or going to another site: browsers ask in words of their own.
  useBeforeUnload(
    useCallback(
      (event) => {
        if (unsaved.current) event.preventDefault();
      },
      [unsaved],
    ),
  );
  return blocker.state === 'blocked' && blocker === asked ? asked : null;
}
