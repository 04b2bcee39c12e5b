import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeError } from '#server/log.ts';
import { createSmtpMailer, type SmtpMailer } from '#server/mail/smtp.ts';
import { letterArrived } from '#server/mail/templates/letter-arrived.ts';
import { ownCertificate } from '#tests/support/own-certificate.ts';
import { LocalSmtp } from '#tests/support/smtp-server.ts';

const from = 'Project BFF <post@bff.example.test>';
const mail = letterArrived({
  to: 'beta@example.test',
  receiverName: 'beta',
  authorName: 'alpha',
  letterId: '0123456789abcdef01234567',
  unsubscribeUrl: 'https://bff.example.test/unsubscribe/a-signed-token',
  appUrl: 'https://bff.example.test',
});

let smtp: LocalSmtp;
let mailer: SmtpMailer;

beforeEach(async () => {
  smtp = await new LocalSmtp().start();
  mailer = createSmtpMailer({ url: smtp.url, from });
});
afterEach(async () => {
  await mailer.close();
  await smtp.stop();
});

/** Unfolds headers and undoes the soft breaks of quoted-printable. */
function read(raw = ''): { headers: string; body: string } {
  const [headers = '', ...body] = raw.split('\r\n\r\n');
  const decoded = body.join('\n\n').replace(/=\r\n/g, '').replace(/=3D/g, '=');
  return { headers: headers.replace(/\r\n[ \t]+/g, ' '), body: decoded };
}

describe('a mail over SMTP', () => {
  test('arrives with text and HTML, and the headers of an automatic mail', async () => {
    await mailer.send(mail);
    expect(smtp.received).toMatchObject([{ from: 'post@bff.example.test', to: ['beta@example.test'] }]);
    const { headers, body } = read(smtp.received[0]?.raw);
    expect(headers).toContain('From: Project BFF <post@bff.example.test>');
    expect(headers).toContain('Subject: alpha sent you a letter');
    expect(headers).toContain('Message-ID: <letter.0123456789abcdef01234567@bff.example.test>');
    expect(headers).toContain('Auto-Submitted: auto-generated');
    expect(headers).toContain('List-Unsubscribe: <https://bff.example.test/unsubscribe/a-signed-token>');
    expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(headers).toContain('Content-Type: multipart/alternative');
    expect(body).toContain('Content-Type: text/plain');
    expect(body).toContain('Content-Type: text/html');
    expect(body.split('https://bff.example.test/letters/0123456789abcdef01234567')).toHaveLength(4);
  });

  test('goes to one address, whatever the address looks like', async () => {
    const to = 'beta@example.test, everybody@example.test';
    await mailer.send({ ...mail, to }).catch(() => {});
    expect(smtp.received.flatMap((received) => received.to)).not.toContain('everybody@example.test');
  });

  test('cannot smuggle headers in its subject', async () => {
    await mailer.send({ ...mail, subject: 'Hello\r\nBcc: everybody@example.test' });
    expect(smtp.received[0]?.to).toEqual(['beta@example.test']);
    expect(read(smtp.received[0]?.raw).headers).not.toMatch(/^Bcc:/m);
  });
});

describe('a mail that is not taken', () => {
  test.each<[string, string, Partial<LocalSmtp>]>([
    [
      'an unknown address',
      'MailRefused',
      { rejectReceiver: { code: 550, message: 'no beta@example.test here' } },
    ],
    [
      'refused content',
      'MailRefused',
      { rejectContent: { code: 554, message: 'not for beta@example.test' } },
    ],
    [
      'a full mailbox for now',
      'MailUnavailable',
      { rejectReceiver: { code: 452, message: 'beta@example.test full' } },
    ],
    ['a busy server', 'MailUnavailable', { rejectContent: { code: 451, message: 'later' } }],
  ])('%s is %s, without the address', async (_, name, answers) => {
    Object.assign(smtp, answers);
    const error: unknown = await mailer.send(mail).catch((thrown) => thrown);
    expect(error).toMatchObject({ name });
    expect(String(error)).not.toContain('beta');
  });

  test('with nobody listening it may be tried again, and then arrives', async () => {
    await smtp.stop();
    await expect(mailer.send(mail)).rejects.toMatchObject({ name: 'MailUnavailable' });
    await smtp.start();
    await mailer.send(mail);
    expect(smtp.received).toHaveLength(1);
  });

  test('a wrong password is the installation’s fault and not the mail’s', async () => {
    const guarded = await new LocalSmtp({ user: 'bff', pass: 'right' }).start();
    const url = (pass: string) => `smtp://bff:${pass}@127.0.0.1:${guarded.port}`;
    const wrong = createSmtpMailer({ url: url('wrong'), from });
    await expect(wrong.send(mail)).rejects.toMatchObject({ name: 'MailUnavailable' });
    await wrong.close();
    const right = createSmtpMailer({ url: url('right'), from });
    await right.send(mail);
    expect(guarded.received).toHaveLength(1);
    await right.close();
    await guarded.stop();
  });
});

describe('a mail server with STARTTLS and a certificate of its own', () => {
  const login = { user: 'post', pass: 'a password' };
  const urlAt = (host: string) => `smtp://post:${encodeURIComponent(login.pass)}@${host}:${smtp.port}`;
  beforeEach(async () => {
    await smtp.stop();
    smtp = await new LocalSmtp(login, ownCertificate).start();
  });
  const sendOver = async (url: string, ca?: string): Promise<unknown> => {
    const over = createSmtpMailer({ url, from, ca });
    try {
      return await over.send(mail).catch((error: unknown) => error);
    } finally {
      await over.close();
    }
  };

  test('is used as it is on this machine', async () => {
    expect(await sendOver(urlAt('127.0.0.1'))).toBeUndefined();
    expect(smtp.received).toHaveLength(1);
  });

  test('is used elsewhere once its certificate is named, and else the log says what is wrong with it', async () => {
    // An address of this machine that is not known to be one, as another machine's is not.
    const refused = await sendOver(urlAt('0.0.0.0'));
    expect(describeError(refused)).toMatchObject({
      error: 'MailUnavailable',
      text: expect.stringMatching(/self-signed certificate/),
    });
    expect(await sendOver(urlAt('0.0.0.0'), ownCertificate.cert)).toBeUndefined();
    expect(smtp.received).toHaveLength(1);
  });
});

test('the log has the words of a refusal, without the person', async () => {
  smtp.rejectReceiver = { code: 550, message: '5.1.1 <beta@example.test> user Beta is not known' };
  const refused = await mailer.send(mail).catch((error: unknown) => error);
  const { text } = describeError(refused);
  expect(text).toContain('5.1.1');
  expect(text).toContain('is not known');
  expect(JSON.stringify(describeError(refused))).not.toMatch(/beta/i);
});
