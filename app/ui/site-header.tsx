import { Link, NavLink } from '@remix-run/react';
import type { ReactNode } from 'react';
import { limits } from '#core/schemas/limits.ts';
import { Icon, type IconName } from './icons.tsx';
import { Logo } from './logo.tsx';

type ChromePerson = { username: string; displayName?: string | null };

export type SiteHeaderProps = {
  /** `null` for visitors, who see the welcome links instead of their mail. */
  person: ChromePerson | null;
  newLetters?: number;
  /** How many people wait for an answer to their friend request. */
  friendRequests?: number;
};

function NavItem(props: { to: string; icon: IconName; children: ReactNode; primary?: boolean }) {
  return (
    <li className={props.primary ? 'nav-item nav-item-write' : 'nav-item'}>
      <NavLink to={props.to} className="nav-link" prefetch="none">
        <Icon name={props.icon} />
        <span>{props.children}</span>
      </NavLink>
    </li>
  );
}

function NewCount({ count, what = 'new' }: { count: number; what?: string }) {
  if (count <= 0) return null;
  const shown = count > limits.newLettersShown ? `${limits.newLettersShown}+` : String(count);
  return (
    <span className="nav-count">
      <span aria-hidden="true">{shown}</span>
      <span className="visually-hidden">
        , {shown} {what}
      </span>
    </span>
  );
}

type Counts = Pick<SiteHeaderProps, 'newLetters' | 'friendRequests'>;

function MailNav({ newLetters = 0, friendRequests = 0 }: Counts) {
  return (
    <nav className="mail-nav" aria-label="Your mail">
      <ul className="nav-list">
        <NavItem to="/inbox" icon="inbox">
          Inbox
          <NewCount count={newLetters} />
        </NavItem>
        <NavItem to="/sent" icon="sent">
          Sent
        </NavItem>
        <NavItem to="/write" icon="write" primary>
          Write
        </NavItem>
        <NavItem to="/drafts" icon="drafts">
          Drafts
        </NavItem>
        <NavItem to="/friends" icon="friends">
          Friends
          <NewCount count={friendRequests} what={friendRequests === 1 ? 'request' : 'requests'} />
        </NavItem>
      </ul>
    </nav>
  );
}

function Account({ person }: { person: ChromePerson }) {
  return (
    <div className="account">
      <Link to="/settings" className="account-name">
        {person.displayName || person.username}
        <span className="visually-hidden">, your settings</span>
      </Link>
      {/* A plain form: logging out loads a new page, so that no letter stays in memory. */}
      <form method="post" action="/logout">
        <button type="submit" className="button button-quiet button-leave">
          <Icon name="leave" />
          <span>Log out</span>
        </button>
      </form>
    </div>
  );
}

function StrangerLinks() {
  return (
    <nav className="stranger-nav" aria-label="Welcome">
      <NavLink to="/about" className="nav-link">
        About
      </NavLink>
      <NavLink to="/features" className="nav-link">
        Features
      </NavLink>
      <Link to="/login" className="button button-quiet">
        Log in
      </Link>
    </nav>
  );
}

/** The header of every page. On a phone, the mail navigation is at the bottom, under the thumb. */
export function SiteHeader({ person, ...counts }: SiteHeaderProps) {
  return (
    <header className="site-header">
      <div className="site-header-inner">
        <Link to={person ? '/inbox' : '/'} className="brand">
          <Logo />
          <span className="brand-name">Project BFF</span>
        </Link>
        {person ? <MailNav {...counts} /> : <StrangerLinks />}
        {person ? <Account person={person} /> : null}
      </div>
    </header>
  );
}
