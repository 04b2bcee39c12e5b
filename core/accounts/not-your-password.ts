/** What somebody is told who is logged in and gives another password than theirs. */
export const notYourPassword = 'That’s not your password. Check it and try again.';
