import { z } from 'zod';
import { isTimeZone } from '../notifications/zoned-clock.ts';
import { mobileNumber } from './accounts.ts';

/** Emails for each letter, one daily summary, or none. */
const emailNotices = ['each', 'daily', 'off'] as const;
export type EmailNotices = (typeof emailNotices)[number];

/** Why a number gets no texts: its owner answered STOP, or it can't receive them. */
export type SmsRefusalReason = 'stopped' | 'bad-number';

/** The length of a code by text; spaces from a phone's autofill are ignored. */
export const codeDigits = 6;

const timeOfDay = z
  .string()
  .trim()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d(:00)?)?$/, 'Enter a time like 22:00.')
  .transform((text) => (text ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)) : null));

/** An IANA name; empty (not stated) becomes null. */
export const timeZone = z
  .string()
  .trim()
  .max(64)
  .refine(
    (text) => text === '' || isTimeZone(text),
    'We don’t know that time zone. Choose one from the list.',
  )
  .transform((text) => text || null);

/** The notification settings. Times arrive as `HH:MM` and become minutes after midnight. */
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

/** The signed token of an unsubscribe link: 44 bytes as base64url. */
export const unsubscribeToken = z.string().regex(/^[A-Za-z0-9_-]{59}$/);
