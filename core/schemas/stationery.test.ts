import { expect, test } from 'vitest';
import { plainStationery, stationeryOf, toSeal } from './stationery.ts';

test('stationery that a letter names is read, and what nobody knows is plain', () => {
  const kraft = { paper: 'kraft', ink: 'sepia', face: 'round' };
  expect(stationeryOf(kraft)).toEqual(kraft);
  expect(stationeryOf(undefined)).toEqual(plainStationery);
  expect(stationeryOf({ paper: 'gold', ink: 'toString', face: '' })).toEqual(plainStationery);
  expect(stationeryOf({ ink: 'green' })).toEqual({ ...plainStationery, ink: 'green' });
});

test('plain stationery is not sealed: such a letter is as it always was', () => {
  expect(toSeal({})).toEqual({});
  expect(toSeal({ stationery: plainStationery, inReplyTo: '' })).toEqual({});
  const rose = { ...plainStationery, paper: 'rose' as const };
  expect(toSeal({ stationery: rose })).toEqual({ stationery: rose });
  expect(toSeal({ inReplyTo: 'an id' })).toEqual({ inReplyTo: 'an id' });
});
