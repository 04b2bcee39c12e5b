import type { ReactNode } from 'react';
import { ButtonRow } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { KeepWords } from './keep-words.tsx';
import { WordsCard } from './words-card.tsx';

export function WordsToWriteDown({
  words,
  username,
  onwards,
}: {
  words: readonly string[];
  username: string;
  onwards: ReactNode;
}) {
  return (
    <>
      <PageHeading title="Write these down">
        <p>
          Your letters are locked with your password. If you ever forget it, these twelve words unlock them.
          Nothing else can — not even us.
        </p>
      </PageHeading>
      <WordsCard words={words} username={username} />
      <KeepWords words={words} username={username} />
      <Notice kind="info" title="On paper, or in a password manager">
        <p>We’ll only show them now, and never email them. Anyone who has them can read your letters.</p>
      </Notice>
      <ButtonRow>{onwards}</ButtonRow>
    </>
  );
}
