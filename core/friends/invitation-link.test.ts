import { describe, expect, it } from 'vitest';
import {
  invitationPath,
  isCutOffToken,
  isInvitationToken,
  newInvitationToken,
  pathOfInvitation,
  readFingerprint,
  readInvitationLink,
} from './invitation-link.ts';

const token = 'AbCdEfGhIjKlMnOpQrSt_-';
const fingerprint = '0123456789012345678901';

describe('the link of an invitation', () => {
  it('has a token of 128 random bits', () => {
    const tokens = new Set(Array.from({ length: 1000 }, newInvitationToken));
    expect(tokens.size).toBe(1000);
    for (const one of tokens) expect(isInvitationToken(one)).toBe(true);
  });

  it('is taken apart as it was made', () => {
    const link = `https://bff.example.test${invitationPath(token, fingerprint)}`;
    expect(readInvitationLink(` ${link} `)).toEqual({ token, fingerprint });
    expect(readInvitationLink(`${link}.`)).toEqual({ token, fingerprint });
    expect(readInvitationLink(link.slice(0, -1))).toEqual({ token, fingerprint: 'cut-off' });
    expect(readInvitationLink(link.slice(0, link.indexOf('#')))).toEqual({ token, fingerprint: null });
    for (const other of ['', token, `https://bff.example.test/friends/add/${token}`, link.replace('_', '')])
      expect(readInvitationLink(other)).toBeNull();
  });

  it.each([
    ['', null],
    ['#', null],
    [`#${fingerprint}`, fingerprint],
    [`#${fingerprint}).`, fingerprint],
    [`#${fingerprint}0`, 'cut-off'],
    ['#0123', 'cut-off'],
  ])('has in its fragment %s the fingerprint %s', (fragment, read) => {
    expect(readFingerprint(fragment)).toBe(read);
  });

  it('is cut off with a part of its token, and nobody’s with anything else', () => {
    expect(isCutOffToken(token.slice(0, -1))).toBe(true);
    expect(isCutOffToken('')).toBe(true);
    for (const other of [token, `${token}x`, 'no token!']) expect(isCutOffToken(other)).toBe(false);
  });

  it('leads from a cookie to its page, as a friend code does, and nowhere else', () => {
    expect(pathOfInvitation(token)).toBe(`/friends/join/${token}`);
    expect(pathOfInvitation('7KQ2M-X4R9T')).toBe('/friends/add/7KQ2MX4R9T');
    for (const other of [null, '', '//elsewhere.test', `${token}/..`])
      expect(pathOfInvitation(other)).toBeNull();
  });
});
