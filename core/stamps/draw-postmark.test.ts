import { describe, expect, test } from 'vitest';
import { drawPostmark } from '#core/stamps/draw-postmark.ts';
import { postmarkDateLines, zonedFields } from '#core/stamps/postmark-date.ts';
import { readXml } from '#tests/support/check-xml.ts';
import { seedOf } from '#tests/support/stamp-seeds.ts';

const textOf = (svg: string) =>
  readXml(svg)
    .map((element) => element.text)
    .filter(Boolean);

describe('a postmark', () => {
  test('shows who sent the letter and when', () => {
    const { svg } = drawPostmark({
      sender: 'alpha',
      dateLines: ['23 NOV', '2026', '14:05'],
      seed: seedOf(1),
    });
    expect(textOf(svg)).toEqual(['ALPHA', '23 NOV', '2026', '14:05']);
    // Three stars, as shapes: few fonts have them.
    expect(/<path d="((?:M[^MZ]+Z)+)"\/>/.exec(svg)?.[1]?.match(/M/g)).toHaveLength(3);
  });

  test('is decoration for a screen reader', () => {
    expect(
      readXml(drawPostmark({ sender: 'alpha', dateLines: [] }).svg)[0]?.attributes.get('aria-hidden'),
    ).toBe('true');
  });

  test('is the same for the same letter and lies differently on another', () => {
    const mark = (seed: string) => drawPostmark({ sender: 'alpha', dateLines: [], seed }).svg;
    expect(mark(seedOf(1))).toBe(mark(seedOf(1)));
    const marks = Array.from({ length: 60 }, (_, n) => mark(seedOf(n)).replace(/postmark-[0-9a-f]{12}/g, ''));
    expect(new Set(marks).size).toBeGreaterThan(55);
  });

  test('shortens a long name and keeps a hostile one harmless', () => {
    expect(textOf(drawPostmark({ sender: 'A very long display name indeed', dateLines: [] }).svg)[0]).toBe(
      'A VERY LONG DISPLAY…',
    );
    const { svg } = drawPostmark({ sender: '</text><script>', dateLines: ['<b>', '"'], seed: '"><script>' });
    expect(svg).not.toMatch(/<script|<b>/i);
    readXml(svg);
    readXml(drawPostmark({ sender: '', dateLines: ['1', '2', '3', '4'] }).svg);
  });
});

describe('the date of a postmark', () => {
  const moment = new Date('2026-11-23T23:30:00Z');

  test('is the calendar date of the reader', () => {
    expect(postmarkDateLines(moment, 'UTC')).toEqual(['23 NOV', '2026', '23:30']);
    expect(postmarkDateLines(moment, 'Asia/Tokyo')).toEqual(['24 NOV', '2026', '08:30']);
    expect(postmarkDateLines(moment, 'America/New_York')).toEqual(['23 NOV', '2026', '18:30']);
  });

  test('says midnight as 00:00 and knows the weekday', () => {
    const midnight = new Date('2027-01-01T00:00:00Z');
    expect(postmarkDateLines(midnight, 'UTC')).toEqual(['1 JAN', '2027', '00:00']);
    expect(zonedFields(midnight, 'UTC').weekday).toBe(5);
  });

  test('falls back to UTC for a zone nobody knows, and to nothing for no date', () => {
    expect(postmarkDateLines(moment, 'Middle/Earth')).toEqual(['23 NOV', '2026', '23:30']);
    expect(postmarkDateLines(new Date('nonsense'), 'UTC')).toEqual([]);
  });
});
