import { MINUTE } from '#core/durations.ts';

/** Days on which clocks jump, by an hour, by half of one, at midnight, or by a whole day; and zones that never change. */
export const changingDays = [
  { zone: 'Europe/Berlin', day: '2026-03-29' },
  { zone: 'Europe/Berlin', day: '2026-10-25' },
  { zone: 'America/New_York', day: '2026-03-08' },
  { zone: 'America/New_York', day: '2026-11-01' },
  { zone: 'America/St_Johns', day: '2026-11-01' },
  { zone: 'America/Havana', day: '2026-03-08' },
  { zone: 'America/Havana', day: '2026-11-01' },
  { zone: 'America/Santiago', day: '2026-09-06' },
  { zone: 'America/Santiago', day: '2026-04-05' },
  { zone: 'Australia/Lord_Howe', day: '2026-04-05' },
  { zone: 'Australia/Lord_Howe', day: '2026-10-04' },
  { zone: 'Africa/Casablanca', day: '2026-02-15' },
  { zone: 'Antarctica/Troll', day: '2026-03-29' },
  { zone: 'Pacific/Apia', day: '2011-12-30' },
  { zone: 'Asia/Pyongyang', day: '2018-05-05' },
  { zone: 'Asia/Kathmandu', day: '2026-05-05' },
  { zone: 'UTC', day: '2026-05-05' },
];

/** What the clocks of a zone show at each of the next minutes, as minutes after midnight: looked up one by one. */
export function minutesShown(zone: string, start: number, count: number): number[] {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return Array.from({ length: count }, (_, minute) => {
    const text = clock.format(start + minute * MINUTE);
    return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  });
}
