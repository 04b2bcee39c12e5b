import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Page } from '#app/ui/page.tsx';

const words = {
  'cut-off': {
    title: 'This link seems to be cut off',
    text: 'Part of it got lost on the way. Ask your friend to send you the whole link again.',
  },
  unknown: {
    title: 'This invitation no longer works',
    text: 'Your friend may have a new code and link by now. Ask them to send it to you.',
  },
  ended: {
    title: 'This invitation no longer works',
    text: 'Links like this one work for 14 days, unless your friend takes them back. Ask for a new one.',
  },
  used: {
    title: 'This invitation has been used',
    text: 'It’s for one person. Ask your friend to make one for you.',
  },
} as const;

/** Explains a link that leads to nobody. */
export function BrokenInvitation({ why, visitor }: { why: keyof typeof words; visitor: boolean }) {
  const { title, text } = words[why];
  return (
    <Page width="form">
      <EmptyState
        picture="lost"
        title={title}
        heading="h1"
        actions={
          visitor ? <ButtonLink to="/">Home</ButtonLink> : <ButtonLink to="/friends">Friends</ButtonLink>
        }
      >
        <p>{text}</p>
      </EmptyState>
    </Page>
  );
}
