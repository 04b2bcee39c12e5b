import { useState } from 'react';
import { SelectField } from '#app/ui/field.tsx';
import { KeyStatusLine } from '#app/ui/key-status.tsx';
import { type PersonNameProps, writeName } from '#app/ui/person-name.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import type { KeyStatus } from '#core/friends/friend-key.ts';

/** The key status of friends, by username; null until compared. */
export type KeyStatuses = Record<string, KeyStatus> | null;

interface ToFieldProps {
  friends: PersonNameProps[];
  statuses: KeyStatuses;
  to: string;
  error: string | undefined;
}

/**
 * The choice of the receiver, with the key status of each friend and details for the chosen one.
 */
export function ToField({ friends, statuses, to, error }: ToFieldProps) {
  const timeZone = useTimeZone();
  const [chosen, setChosen] = useState(to);
  const friend = friends.find(({ username }) => username === chosen);
  const status = statuses?.[chosen];
  return (
    <SelectField
      name="to"
      label="To"
      options={friends.map((person) => ({
        value: person.username,
        label: [writeName(person), inShort(statuses?.[person.username])].filter(Boolean).join(' · '),
      }))}
      placeholder="Choose a friend"
      defaultValue={friends.some(({ username }) => username === to) ? to : ''}
      onChange={(event) => setChosen(event.target.value)}
      hint={
        friend && status ? <KeyStatusLine friend={friend} status={status} timeZone={timeZone} /> : undefined
      }
      error={error}
      required
    />
  );
}

function inShort(status: KeyStatus | undefined): string {
  if (!status) return '';
  const { trust, withheld } = status;
  if (withheld) return 'check the key';
  if (trust === 'changed') return 'key has changed';
  if (trust === 'verified') return 'compared';
  return 'not compared';
}
