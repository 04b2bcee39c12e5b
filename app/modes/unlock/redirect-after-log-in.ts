export function redirectAfterLogIn(outcome: 'logged-in' | 'words' | 'unverified', to: string): string {
  if (outcome === 'words') return '/join/words';
  return outcome === 'unverified' ? '/join/mail?after=login' : to;
}
