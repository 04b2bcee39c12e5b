import { type Blocker, useBeforeUnload, useBlocker } from '@remix-run/react';
import { type RefObject, useCallback, useEffect, useState } from 'react';

type Blocked = Extract<Blocker, { state: 'blocked' }>;

/** Milliseconds to wait for a save before asking a user who wants to leave. */
const timeout = 3000;

/**
 * Keeps the user from leaving with unsaved changes. Saves them first; if that fails or takes too
 * long, the user decides.
 *
 * @param save the outcome of the last save; a success answers the question
 * @returns null, or the blocked navigation: `proceed()` continues, `reset()` stays
 */
export function useLeaveGuard(
  unsaved: RefObject<boolean>,
  saveNow: () => Promise<void>,
  save: object,
): Blocked | null {
  const blocker = useBlocker(useCallback(() => unsaved.current === true, [unsaved]));
  const [prompted, setPrompted] = useState<Blocked | null>(null);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    let isOver = false;
    const ask = () => {
      if (!isOver) setPrompted(blocker);
      isOver = true;
    };
    const timer = setTimeout(ask, timeout);
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
    if (prompted && prompted === blocker && save && !unsaved.current) prompted.reset();
  }, [prompted, blocker, save, unsaved]);
  // For closing the window or going to another site. Browsers show their own text.
  useBeforeUnload(
    useCallback(
      (event) => {
        if (unsaved.current) event.preventDefault();
      },
      [unsaved],
    ),
  );
  return blocker.state === 'blocked' && blocker === prompted ? prompted : null;
}
