import { describe, expect, test } from 'vitest';
import { newPassword } from '#core/schemas/accounts.ts';
import { emailAddress } from '#core/schemas/email-address.ts';

describe('an e-mail address', () => {
  test.each([
    [' Anna@Example.ORG ', 'anna@example.org'],
    ['anna+bff@mail.example.co.uk', 'anna+bff@mail.example.co.uk'],
    ["o'brien@example.org", "o'brien@example.org"],
    ['anna@bücher.example', 'anna@xn--bcher-kva.example'],
    ['anna@例え.テスト', 'anna@xn--r8jz45g.xn--zckzah'],
    ['anna@пример.рф', 'anna@xn--e1afmkfd.xn--p1ai'],
    ['anna@xn--bcher-kva.example', 'anna@xn--bcher-kva.example'],
    ['anna@例え。テスト', 'anna@xn--r8jz45g.xn--zckzah'],
  ])('is taken as mail servers take it: %s', (typed, taken) => {
    expect(emailAddress.parse(typed)).toBe(taken);
  });

  test.each([
    ['', 'Enter your email address'],
    ['anna', 'missing an @'],
    ['@example.org', 'before the @'],
    ['anna@', 'after the @'],
    ['anna@example@org', 'more than one @'],
    ['"anna smith"@example.org', 'quotation marks'],
    ['anna@example.org.', 'Remove the dot at the end'],
    ['anna.@example.org', 'Remove the dot before the @'],
    ['.anna@example.org', 'can start with a dot'],
    ['an..na@example.org', 'two dots in a row'],
    ['anna@example..org', 'two dots in a row'],
    ['an na@example.org', 'Remove the space'],
    ['Anna <anna@example.org>', 'Remove the space'],
    ['anna@example.org,beta@example.org', 'more than one @'],
    ['änna@example.org', 'Only a–z'],
    ['anna@[192.0.2.1]', 'not a number'],
    ['anna@192.0.2.1', 'isn’t a valid domain'],
    ['anna@example', 'The ending is missing'],
    ['anna@exa%6dple.org', 'isn’t a valid domain'],
    ['anna@example.org/x', 'isn’t a valid domain'],
    ['anna@example.org:25', 'isn’t a valid domain'],
    ['anna@-example.org', 'doesn’t look like'],
    [`${'x'.repeat(250)}@example.org`, 'too long'],
  ])('is refused with what is wrong: %s', (typed, sentence) => {
    expect(emailAddress.safeParse(typed).error?.issues[0]?.message).toContain(sentence);
  });
});

test('a password of spaces alone is none', () => {
  expect(newPassword.safeParse(' '.repeat(12)).error?.issues[0]?.message).toContain('only of spaces');
  expect(newPassword.safeParse('\u3000\u00a0'.repeat(8)).success).toBe(false);
  expect(newPassword.parse('  lantern otter  ')).toBe('  lantern otter  ');
});
