import { type ReactNode, useEffect, useState } from 'react';
import { forgetInvitedKey } from '#app/browser/invited-key.ts';
import { browserAccess } from '#app/modes/browser-access.ts';
import { ByMode } from '#app/modes/by-mode.tsx';
import { type RunInBrowser, TaskForm } from '#app/modes/task-form.tsx';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { NameApart, type PersonNameProps, writeName } from '#app/ui/person-name.tsx';
import type { Accepted } from '#core/friends/accept-invitation.ts';

interface AcceptInvitationProps {
  token: string;
  inviter: PersonNameProps;
  /** Of the inviter's key, from the link; null where it has none, or without a script. */
  fingerprint: string | null;
  state: 'none' | 'asked' | 'asks-you' | 'friends' | 'blocked' | 'yourself';
  /** Whether it was accepted without comparing the key. */
  unchecked: boolean;
}

/** A one-time invitation as a logged-in user sees it, until the two are friends. */
export function AcceptInvitation({ token, inviter, fingerprint, state, unchecked }: AcceptInvitationProps) {
  const [accepted, setAccepted] = useState<Accepted | null>(unchecked ? 'unchecked' : null);
  const finish = (outcome: Accepted) => {
    if (outcome !== 'swapped') forgetInvitedKey();
    setAccepted(outcome);
  };
  const name = writeName(inviter);
  if (accepted === 'swapped') return <SwappedKey name={name} />;
  if (state === 'friends' || accepted) {
    const shown = <NewFriend inviter={inviter} accepted={accepted} />;
    if (accepted || fingerprint === null) return shown;
    const check = { token, fingerprint, onChecked: finish };
    return (
      <ByMode assisted={shown} sealed={(owner) => <Checking {...check} owner={owner} shown={shown} />} />
    );
  }
  if (state === 'yourself') {
    return (
      <Plain
        title="This is your own invitation"
        action={<ButtonLink to="/friends/invite">Invitations</ButtonLink>}
      >
        <p>Send the link to a friend. It works once.</p>
      </Plain>
    );
  }
  if (state === 'blocked') {
    return (
      <Plain title={`You’ve blocked ${name}`} action={<ButtonLink to="/friends">Friends</ButtonLink>}>
        <p>Unblock them on your Friends page first.</p>
      </Plain>
    );
  }
  const run: RunInBrowser = async ({ username }) => {
    const [access, { acceptInvitation }] = await Promise.all([
      browserAccess(username),
      import('#core/friends/accept-invitation.ts'),
    ]);
    if (!access) return { load: location.pathname };
    finish(await acceptInvitation(access, { token, fingerprint }));
  };
  return (
    <Plain
      title={`Become friends with ${name}?`}
      action={
        <TaskForm kind="user" run={run} derives={false} className="button-row">
          <SubmitButton pendingLabel="One moment…">Become friends</SubmitButton>
          <ButtonLink to="/friends" kind="quiet">
            Not now
          </ButtonLink>
        </TaskForm>
      }
    >
      <p>
        <NameApart {...inviter} /> made this invitation for a friend. Accept, and you can write to each other
        at once.
      </p>
    </Plain>
  );
}

interface CheckingProps {
  token: string;
  fingerprint: string;
  owner: string;
  shown: ReactNode;
  onChecked(outcome: Accepted): void;
}

/** Checks the key of a friend as well: the server alone says that they are one. */
function Checking({ token, fingerprint, owner, shown, onChecked }: CheckingProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    const check = async () => {
      const [access, { checkInviter }] = await Promise.all([
        browserAccess(owner),
        import('#core/friends/accept-invitation.ts'),
      ]);
      onChecked(access ? await checkInviter(access, { token, fingerprint }) : 'unchecked');
    };
    check().catch(() => onChecked('unchecked'));
  }, []);
  return shown;
}

function NewFriend({ inviter, accepted }: { inviter: PersonNameProps; accepted: Accepted | null }) {
  const { username, displayName } = inviter;
  return (
    <Plain
      picture="cat"
      title={`You and ${writeName(inviter)} are friends`}
      action={
        <>
          <ButtonLink to={`/write?to=${username}`} kind="primary">
            Say hello
          </ButtonLink>
          {accepted === 'unchecked' ? (
            <ButtonLink to={`/friends/${username}/safety`}>Compare safety numbers</ButtonLink>
          ) : null}
          <ButtonLink to="/friends" kind="quiet">
            Friends
          </ButtonLink>
        </>
      }
    >
      {accepted === 'matched' ? (
        <Notice kind="success">
          <bdi>{displayName}</bdi>’s key is the one in their link.
        </Notice>
      ) : null}
      {accepted === 'unchecked' ? (
        <p>
          We couldn’t check <bdi>{displayName}</bdi>’s key here: part of their link was missing, or can’t be
          read without JavaScript. Compare safety numbers to be certain that it’s theirs.
        </p>
      ) : (
        <p>You can write to each other now.</p>
      )}
    </Plain>
  );
}

function SwappedKey({ name }: { name: string }) {
  return (
    <Plain
      picture="lost"
      title={`This isn’t ${name}’s key`}
      action={<ButtonLink to="/friends">Friends</ButtonLink>}
    >
      <Notice kind="error">
        The key we were given for {name} isn’t the one in the link they sent you. Someone may be trying to
        read your letters, so the invitation wasn’t accepted.
      </Notice>
      <p>Ask them some other way, and don’t write to them here before you have.</p>
    </Plain>
  );
}

function Plain(props: {
  picture?: 'friends' | 'cat' | 'lost';
  title: string;
  action: ReactNode;
  children: ReactNode;
}) {
  const { picture = 'friends', title, action, children } = props;
  return (
    <Page width="form">
      <EmptyState picture={picture} title={title} heading="h1" actions={action}>
        {children}
      </EmptyState>
    </Page>
  );
}
