import { Link } from '@remix-run/react';
import type { ShownStatus } from '#core/letters/letter-view.ts';
import { titleOr } from '#core/letters/title-or.ts';
import { LetterDate } from './letter-date.tsx';
import { NameApart, type PersonNameProps, writeName } from './person-name.tsx';

export type EnvelopeState = 'new' | ShownStatus;

export type EnvelopeCardProps = {
  to: string;
  /** Whether the user received or sent the letter. */
  direction: 'received' | 'sent';
  person: PersonNameProps;
  at: Date | string | number;
  timeZone?: string | null;
  stampSeed: string;
  /**
   * Received: `new` (a closed envelope without its title, like real mail) or `read`. Sent: its
   * progress.
   */
  state: EnvelopeState;
  /** Missing for a letter that hasn't been opened. */
  title?: string | null;
  /** The title is being opened, and its place stays empty. */
  opening?: boolean;
  starred?: boolean;
};

const SENT_STATES: Record<EnvelopeState, string> = {
  new: 'Delivered',
  scheduled: 'On its way',
  recalled: 'Called back',
  queued: 'On its way',
  delivered: 'Delivered, not opened yet',
  read: 'Opened',
  failed: 'Couldn’t be delivered',
};

function Line({
  direction,
  state,
  title,
  opening,
}: Pick<EnvelopeCardProps, 'direction' | 'state' | 'title' | 'opening'>) {
  if (direction === 'received' && state === 'new') {
    return <span className="envelope-line">A letter for you</span>;
  }
  if (opening) {
    return (
      <span className="envelope-line envelope-title envelope-opening">
        <span className="visually-hidden">A letter</span>
      </span>
    );
  }
  return <span className="envelope-line envelope-title">{titleOr(title, 'A letter')}</span>;
}

/** A letter in a list: a closed envelope while it is new, then an open one with its title. */
export function EnvelopeCard(props: EnvelopeCardProps) {
  const { to, direction, person, at, timeZone, stampSeed, state, title, opening, starred } = props;
  const closed = direction === 'received' && state === 'new';
  const name = writeName(person);
  const whose = direction === 'received' ? `Stamp on ${name}'s letter` : `Stamp on your letter to ${name}`;
  return (
    <article
      className={`envelope ${closed ? 'envelope-closed' : 'envelope-open'} envelope-${direction} envelope-${state}`}
    >
      <div className="envelope-body">
        <p className="envelope-person">
          <span className="envelope-preposition">{direction === 'received' ? 'From' : 'To'}</span>{' '}
          <NameApart {...person} />
        </p>
        <h2 className="envelope-heading">
          <Link to={to} className="envelope-link">
            <Line direction={direction} state={state} title={title} opening={opening} />
            <span className="visually-hidden">
              {direction === 'received' ? ` from ${name}` : ` to ${name}`}
            </span>
          </Link>
        </h2>
        <p className="envelope-meta">
          <LetterDate at={at} timeZone={timeZone} />
          {starred ? <span className="envelope-star">Starred</span> : null}
          {closed ? <span className="envelope-badge">New</span> : null}
          {direction === 'sent' ? (
            <span className={`envelope-state envelope-state-${state}`}>{SENT_STATES[state]}</span>
          ) : null}
        </p>
      </div>
      {/* An image, which browsers cache: twenty drawings would be most of the page each time. */}
      <img
        className="stamp stamp-small"
        src={`/stamps/${stampSeed}.svg`}
        alt={whose}
        width={120}
        height={150}
        loading="lazy"
      />
    </article>
  );
}
