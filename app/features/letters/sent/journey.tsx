import { LetterDate } from '#app/ui/letter-date.tsx';
import { type PersonNameProps, writeName } from '#app/ui/person-name.tsx';
import { MINUTE, SECOND } from '#core/durations.ts';
import type { LetterView } from '#core/letters/letter-view.ts';

type Moment = Date | string | null;

interface JourneyProps {
  status: LetterView['status'];
  receiver: PersonNameProps;
  sentAt: Date | string;
  deliverAt: Moment;
  deliveredAt: Moment;
  readAt: Moment;
  /** Until the letter is due; null if it isn't scheduled. */
  leftMs: number | null;
  timeZone: string | null;
}

/** The stations of a letter: what has happened, where it is, what is still to come. */
export function Journey({ status, receiver, timeZone, ...letter }: JourneyProps) {
  const { sentAt, deliverAt, deliveredAt, readAt, leftMs } = letter;
  const name = writeName(receiver);
  const hasArrived = status === 'delivered' || status === 'read';
  const isLost = status === 'recalled' || status === 'failed';
  const stations = [
    { label: 'Sealed and posted', at: sentAt, reached: true },
    {
      label: hasArrived ? `Delivered to ${name}` : 'Arrives',
      at: hasArrived ? deliveredAt : deliverAt,
      reached: hasArrived,
      note: leftMs ? undoNote(leftMs) : null,
    },
    { label: status === 'read' ? `Opened by ${name}` : 'Opened', at: readAt, reached: status === 'read' },
  ];
  const here = stations.findLastIndex(({ reached }) => reached);
  return (
    <ol className="journey" aria-label="Where your letter is">
      {stations.slice(0, isLost ? 1 : stations.length).map(({ label, at, reached, note }, n) => (
        <li
          key={label}
          className={reached ? 'station station-reached' : 'station'}
          aria-current={n === here ? 'step' : undefined}
        >
          <span>{label}</span>
          {at ? (
            <span className="station-time">
              <LetterDate at={at} timeZone={timeZone} form="full" />
            </span>
          ) : null}
          {note ? <span className="station-time">{note}</span> : null}
        </li>
      ))}
    </ol>
  );
}

function undoNote(leftMs: number): string {
  const seconds = Math.ceil(leftMs / SECOND);
  return leftMs > MINUTE
    ? 'You can call it back until then.'
    : `You can call it back for ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
}
