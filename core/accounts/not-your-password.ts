/** Shown to a logged-in user whose password proof is wrong. */
export const notYourPassword = 'That’s not your password. Check it and try again.';
