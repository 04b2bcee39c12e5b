import { describe, expect, it } from 'vitest';
import { lookAlike } from '#server/friends/look-alike.ts';

describe('two names', () => {
  it.each([
    ['beta', 'Beta'],
    ['beta', 'BÉTA'],
    ['beta', 'b\u0435t\u0430'],
    ['beta', '\uff22\uff25\uff34\uff21'],
    ['beta', 'be\u200bta'],
    ['alpha', 'a1pha'],
    ['alpha', 'aIpha'],
    ['mira', 'rnira'],
    ['oleg_0', 'oleg_o'],
    ['island', 'ISLAND'],
    ...['be\u3164ta', '\u2800beta', 'beta\u115f', 'beta\u1160', 'beta\uffa0', 'beta\u{1d159}'].map(
      (other): [string, string] => ['beta', other],
    ),
    ['beta', 'b e\u3000t a'],
    ['beta', '·beta·'],
    ['beta', 'Beta 🌸'],
    ['anna', 'ᴀɴɴᴀ'],
    ['beta', 'ʙᴇᴛᴀ'],
    ['beta', '🅱🅔🅣🅰'],
  ])('%s and %s can be taken for each other', (one, other) => {
    expect([lookAlike(one, other), lookAlike(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['beta', 'betty'],
    ['beta', 'theta'],
    ['alpha', 'Ælphá'],
    ['mia', 'mio'],
    ['🌸', '🌺'],
    ['beta', ''],
  ])('%s and %s cannot', (one, other) => {
    expect([lookAlike(one, other), lookAlike(other, one)]).toEqual([false, false]);
  });
});
