import { Link, NavLink } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { News } from '#core/news.ts';
import { limits } from '#core/schemas/limits.ts';
import { Icon, type IconName } from './icons.tsx';
import { Logo } from './logo.tsx';

type ChromePerson = { username: string; displayName?: string | null };

type Counts = Pick<News, 'letters' | 'requests' | 'acceptances'>;

export type SiteHeaderProps = {
  /** `null` for visitors, who see the welcome links instead of their mail. */
  person: ChromePerson | null;
  news?: Counts | null;
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

/** @param said what a screen reader says of the number */
function NewCount({ count, said }: { count: number; said?: string }) {
  if (count <= 0) return null;
  const shown = count > limits.newLettersShown ? `${limits.newLettersShown}+` : String(count);
  return (
    <span className="nav-count">
      <span aria-hidden="true">{shown}</span>
      <span className="visually-hidden">, {said ?? `${shown} new`}</span>
    </span>
  );
}

const none: Counts = { letters: 0, requests: 0, acceptances: 0 };

function MailNav({ letters, requests, acceptances }: Counts) {
  const friendNews = [
    requests > 0 ? `${requests} ${requests === 1 ? 'request' : 'requests'}` : null,
    acceptances > 0 ? `${acceptances} accepted` : null,
  ];
  return (
    <nav className="mail-nav" aria-label="Your mail">
      <ul className="nav-list">
        <NavItem to="/inbox" icon="inbox">
          Inbox
          <NewCount count={letters} />
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
          <NewCount count={requests + acceptances} said={friendNews.filter(Boolean).join(', ')} />
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
      <Link to="/logout" className="button button-quiet button-leave leave-asking">
        <Icon name="leave" />
        <span>Log out…</span>
      </Link>
      {/* A plain form: logging out loads a new page, so that no letter stays in memory. */}
      <form method="post" action="/logout" className="leave-at-once">
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
export function SiteHeader({ person, news }: SiteHeaderProps) {
  return (
    <header className="site-header">
      <div className="site-header-inner">
        <Link to={person ? '/inbox' : '/'} className="brand">
          <Logo />
          <span className="brand-name">Project BFF</span>
        </Link>
        {person ? <MailNav {...(news ?? none)} /> : <StrangerLinks />}
        {person ? <Account person={person} /> : null}
      </div>
    </header>
  );
}
