import { describe, expect, test } from 'vitest';
import { drawStamp } from '#core/stamps/draw-stamp.ts';
import { motifs } from '#core/stamps/motifs/index.ts';
import { palettes } from '#core/stamps/palettes.ts';
import { readXml } from '#tests/support/check-xml.ts';
import { seedOf } from '#tests/support/stamp-seeds.ts';

const label = "Stamp on alpha's letter";
const many = Array.from({ length: 1000 }, (_, n) => drawStamp(seedOf(n), { label }));

describe('a stamp', () => {
  test('is the same whenever it is drawn from the same letter, in either spelling of its hash', () => {
    for (let n = 0; n < 50; n++) {
      expect(drawStamp(seedOf(n), { label }).svg).toBe(many[n]?.svg);
      expect(drawStamp(seedOf(n).toUpperCase(), { label }).svg).toBe(many[n]?.svg);
    }
  });

  test('differs from letter to letter, also beyond its ids', () => {
    const withoutIds = many.map(({ svg }) => svg.replace(/stamp-[0-9a-f]{12}/g, ''));
    expect(new Set(withoutIds).size).toBe(many.length);
  });

  test('changes when a single bit of the letter changes', () => {
    const seed = seedOf(7);
    const plain = (hex: string) => drawStamp(hex, { label }).svg.replace(/stamp-[0-9a-f]{12}/g, '');
    for (let i = 0; i < 64; i++) {
      const flipped = (Number.parseInt(seed[i] ?? '0', 16) ^ 1).toString(16);
      expect(plain(seed.slice(0, i) + flipped + seed.slice(i + 1)), `digit ${i}`).not.toBe(plain(seed));
    }
  });

  test('comes from every family and in every printing, none of them rare', () => {
    expect(motifs.length).toBeGreaterThanOrEqual(8);
    for (const motif of motifs) {
      const share = many.filter(({ description }) => description.includes(motif.shows)).length;
      expect(share, motif.name).toBeGreaterThan(many.length / motifs.length / 2);
    }
    for (const { name } of palettes) {
      const share = many.filter(({ description }) => description.endsWith(`printed in ${name}.`)).length;
      expect(share, name).toBeGreaterThan(many.length / palettes.length / 2);
    }
  });

  test('is well-formed, and refers to nothing but its own two ids', () => {
    const known = new Set(['svg', 'title', 'desc', 'g', 'path', 'circle', 'ellipse', 'text']);
    const foreign: string[] = [];
    for (const [n, { svg }] of many.entries()) {
      const elements = readXml(svg);
      for (const { name, attributes } of elements) {
        if (!known.has(name)) foreign.push(`<${name}> in stamp ${n}`);
        for (const [attribute, value] of attributes) {
          const wrong =
            /^(on|style|href|xlink|class)/.test(attribute) ||
            (attribute !== 'xmlns' && /url\(|https?:|NaN|undefined|Infinity/.test(value));
          if (wrong) foreign.push(`${attribute}="${value}" in stamp ${n}`);
        }
      }
      const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? []).join(' ');
      const prefix = `stamp-${seedOf(n).slice(0, 12)}`;
      if (ids !== `${prefix}-t ${prefix}-d`) foreign.push(`ids ${ids} in stamp ${n}`);
    }
    expect(foreign).toEqual([]);
  });

  test('weighs less than 8 KB', () => {
    const sizes = many.map(({ svg }) => new TextEncoder().encode(svg).length);
    expect(Math.max(...sizes)).toBeLessThan(8_192);
  });

  test('has a name and says what is to be seen', () => {
    for (const { svg, title, description } of many.slice(0, 100)) {
      const [root, name, words] = readXml(svg);
      expect(root?.attributes.get('role')).toBe('img');
      expect(root?.attributes.get('aria-labelledby')).toBe(name?.attributes.get('id'));
      expect(root?.attributes.get('aria-describedby')).toBe(words?.attributes.get('id'));
      expect(name?.text).toBe('Stamp on alpha&#39;s letter');
      expect(title).toBe(label);
      expect(words?.text).toBe(description);
      expect(description).toMatch(/^A stamp with .+, printed in .+\.$/);
    }
  });

  test.each([
    ['markup', '</title><script>alert(1)</script>', '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['quotes and ampersands', `"a" & 'b' &amp;`, '&quot;a&quot; &amp; &#39;b&#39; &amp;amp;'],
    ['what XML has no place for', 'a\u0000b\u000bc\ud800d\ufffee', 'abcde'],
    ['other scripts', 'Наташа 美咲 😀', 'Наташа 美咲 😀'],
  ])('keeps %s in its name from breaking out', (_, given, written) => {
    const [, title] = readXml(drawStamp(seedOf(1), { label: given }).svg);
    expect(title?.text).toBe(written);
  });

  test.each(['', 'abc', 'g'.repeat(64), '0'.repeat(63), `${'0'.repeat(64)}\n`, '<'])(
    'refuses %j as a seed',
    (seed) => {
      expect(() => drawStamp(seed, { label })).toThrow(TypeError);
    },
  );

  test.each(['0'.repeat(64), 'f'.repeat(64), '0123456789abcdef'.repeat(4)])(
    'is drawn even from %s',
    (seed) => {
      expect(() => readXml(drawStamp(seed, { label }).svg)).not.toThrow();
    },
  );
});
