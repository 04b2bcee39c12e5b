import { z } from 'zod';
import { isTimeZone } from '../notifications/zoned-clock.ts';
import { mobileNumber } from './accounts.ts';

/** By e-mail: of each letter, once a day of all of them, or not at all. */
const emailNotices = ['each', 'daily', 'off'] as const;
export type EmailNotices = (typeof emailNotices)[number];

/** Why no text goes to a number: its owner answered STOP, or it takes none. */
export type SmsRefusalReason = 'stopped' | 'bad-number';

/** What a person types of a six-digit code; the spaces of a phone's suggestion are no mistake. */
export const codeDigits = 6;

const timeOfDay = z
  .string()
  .trim()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d(:00)?)?$/, 'Enter a time like 22:00.')
  .transform((text) => (text ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)) : null));

/** An IANA name; empty means that nothing is said, and becomes null. */
export const timeZone = z
  .string()
  .trim()
  .max(64)
  .refine(
    (text) => text === '' || isTimeZone(text),
    'We don’t know that time zone. Choose one from the list.',
  )
  .transform((text) => text || null);

/** The form of the notification settings; times come as `HH:MM` and leave as minutes after midnight. */
export const notificationSettingsInput = z
  .object({
    email: z.enum(emailNotices, { error: 'Choose how you’d like to be notified.' }),
    digestHour: z.coerce.number({ error: 'Choose an hour.' }).int().min(0).max(23),
    sms: z.boolean(),
    quietFrom: timeOfDay,
    quietTo: timeOfDay,
    timeZone,
  })
  .superRefine((input, context) => {
    const complain = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (input.quietFrom === null && input.quietTo !== null)
      complain('quietFrom', 'Choose when quiet hours start.');
    if (input.quietFrom !== null && input.quietTo === null)
      complain('quietTo', 'Choose when quiet hours end.');
    if (input.quietFrom !== null && input.quietFrom === input.quietTo) {
      complain('quietTo', 'Quiet hours start and end at the same time. Leave both empty to turn them off.');
    }
    const needsZone = input.quietFrom !== null || input.email === 'daily';
    if (needsZone && !input.timeZone)
      complain('timeZone', 'Choose your time zone so we get your hours right.');
  });
export type NotificationSettingsInput = z.infer<typeof notificationSettingsInput>;

/** A number to be texted; not left empty. */
export const mobileInput = z.object({
  mobile: mobileNumber.pipe(
    z.string({ error: 'Enter your number with its country code, like +49 170 1234567.' }),
  ),
});

export const mobileCodeInput = z.object({
  code: z
    .string()
    .transform((text) => text.replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, `Enter the ${codeDigits}-digit code.`)),
});

/** The signed end of a link that switches notifications off: 44 bytes as base64url. */
export const unsubscribeToken = z.string().regex(/^[A-Za-z0-9_-]{59}$/);
