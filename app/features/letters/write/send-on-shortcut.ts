import type { KeyboardEvent } from 'react';

/** Sends the letter on Ctrl+Enter, or Cmd+Enter on a Mac. */
export function sendOnShortcut(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
  event.preventDefault();
  if (event.repeat) return;
  event.currentTarget.querySelector<HTMLButtonElement>('button[type=submit][value=send]')?.click();
}
