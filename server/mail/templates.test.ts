import { describe, expect, test } from 'vitest';
import { renderMail } from '#server/mail/render-mail.ts';
import { addressInUse } from '#server/mail/templates/address-in-use.ts';
import { letterArrived } from '#server/mail/templates/letter-arrived.ts';
import { verifyEmailMail } from '#server/mail/templates/verify-email.ts';

const appUrl = 'https://bff.example.test';
const unsubscribeUrl = `${appUrl}/unsubscribe/a-signed-token`;
const letterId = '0123456789abcdef01234567';

describe('a mail in words', () => {
  test('everything is escaped in the HTML and untouched in the text', () => {
    const nasty = `<img src=x onerror="alert('1')"> & more`;
    const mail = renderMail({
      subject: nasty,
      greeting: nasty,
      paragraphs: [nasty],
      action: { label: nasty, url: `${appUrl}/?a="><script>` },
      footer: nasty,
    });
    expect(mail.html).not.toMatch(/<img|<script|onerror="/);
    expect(mail.html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more');
    expect(mail.html).toContain('href="https://bff.example.test/?a=&quot;&gt;&lt;script&gt;"');
    expect(mail.text.split(nasty)).toHaveLength(5);
  });

  test('a line break cannot add a header through the subject', () => {
    const mail = renderMail({
      subject: 'Hello\r\nBcc: everybody@example.test\u2028x',
      greeting: '',
      paragraphs: [],
      footer: '',
    });
    expect(mail.subject).toBe('Hello Bcc: everybody@example.test x');
  });
});

describe('the notice of a letter', () => {
  const notice = letterArrived({
    to: 'beta@example.test',
    receiverName: 'beta',
    authorName: 'alpha',
    letterId,
    unsubscribeUrl,
    appUrl,
  });

  test('says who wrote and where to open it, in both parts', () => {
    expect(notice).toMatchObject({ to: 'beta@example.test', subject: 'alpha sent you a letter' });
    for (const part of [notice.text, notice.html ?? '']) {
      expect(part).toContain('alpha sent you a letter');
      expect(part).toContain(`${appUrl}/letters/${letterId}`);
    }
    expect(notice.html).toContain(`href="${appUrl}/letters/${letterId}"`);
  });

  test('says in both parts, and to the mail program, where to get no more of them', () => {
    expect(notice.listUnsubscribe).toBe(unsubscribeUrl);
    expect(notice.text).toContain(`Unsubscribe: ${unsubscribeUrl}\n`);
    expect(notice.html).toContain(`<a href="${unsubscribeUrl}">Unsubscribe</a>`);
  });

  test('has one id a letter, so that a second copy can be recognised', () => {
    expect(notice.messageId).toBe(`<letter.${letterId}@bff.example.test>`);
  });
});

test('the verification mail carries its link in both parts', () => {
  const mail = verifyEmailMail({
    to: 'a@example.test',
    username: 'alpha',
    token: 'T'.repeat(43),
    validHours: 24,
    appUrl,
  });
  expect(mail.text).toContain(`${appUrl}/verify/${'T'.repeat(43)}\n`);
  expect(mail.html).toContain(`href="${appUrl}/verify/${'T'.repeat(43)}"`);
  expect(mail.text).toContain('The link works for 24 hours.');
});

test('the owner of an address hears of a second account, and gets no verification link', () => {
  const mail = addressInUse({ to: 'a@example.test', ownerName: 'alpha', appUrl });
  expect(mail.text).toContain('your account alpha');
  expect(mail.text).not.toContain('/verify/');
});
