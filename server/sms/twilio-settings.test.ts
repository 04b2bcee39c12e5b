import { expect, test } from 'vitest';
import { readEnv } from '#server/env.ts';
import { twilioAccount } from '#tests/support/twilio-server.ts';

const { accountSid, authToken, messagingServiceSid } = twilioAccount;
const settings = {
  TWILIO_ACCOUNT_SID: accountSid,
  TWILIO_AUTH_TOKEN: authToken,
  TWILIO_MESSAGING_SERVICE_SID: messagingServiceSid,
};

test('all three together switch Twilio on; none, or all of them empty, leave it off', () => {
  expect(readEnv(settings).TWILIO).toEqual(twilioAccount);
  expect(readEnv({}).TWILIO).toBeUndefined();
  expect(readEnv(Object.fromEntries(Object.keys(settings).map((name) => [name, '']))).TWILIO).toBeUndefined();
});

test.each(Object.keys(settings))('without %s it is named, and the app does not start', (name) => {
  expect(() => readEnv({ ...settings, [name]: ' ' })).toThrow(`Wrong setting ${name}: is missing`);
});

test('an id of another kind is refused without being quoted', () => {
  const swapped = { ...settings, TWILIO_ACCOUNT_SID: messagingServiceSid };
  expect(() => readEnv(swapped)).toThrow(
    'Wrong setting TWILIO_ACCOUNT_SID: must be AC followed by 32 hex digits',
  );
  expect(() => readEnv(swapped)).not.toThrow(messagingServiceSid);
});
