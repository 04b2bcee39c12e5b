import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { themeColors } from '#app/ui/theme-color.tsx';
import { inks, papers } from '#core/schemas/stationery.ts';

const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

function colorsOf(block: RegExp): Record<string, string> {
  const body = block.exec(tokens)?.[1] ?? '';
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', color = '']) => [name, color]),
  );
}

const light = colorsOf(/^:root \{(.*?)^\}/ms);
const darkBySystem = colorsOf(/:root:not\(\[data-theme='light'\]\) \{(.*?)^ {2}\}/ms);
const darkByChoice = colorsOf(/:root\[data-theme='dark'\] \{(.*?)^ {2}\}/ms);

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

/** What it doesn't name is as by day. */
const sepia = { ...light, ...colorsOf(/:root\[data-theme='sepia'\] \{(.*?)^ {2}\}/ms) };

const text: [ink: string, grounds: string[]][] = [
  ['ink', ['desk', 'desk-shade', 'sheet', 'wash-info', 'wash-good', 'wash-danger', 'pocket']],
  ['ink-soft', ['desk', 'desk-shade', 'sheet', 'wash-info', 'manila']],
  ['link', ['paper', 'desk', 'desk-shade', 'sheet', 'wash-info', 'wash-good', 'wash-danger', 'manila']],
  ['link-strong', ['paper', 'desk', 'desk-shade', 'sheet', 'manila']],
  ['on-action', ['action', 'action-strong']],
  ['danger', ['desk', 'sheet', 'wash-danger']],
  ['on-danger', ['danger', 'danger-strong']],
  ['on-wax', ['wax']],
  ['manila-ink', ['manila']],
  ['print-ink', ['print']],
  ['postmark', ['paper']],
  ['paper-ink', ['paper']],
  ['paper-soft', ['paper']],
];

const edges: [edge: string, grounds: string[]][] = [
  ['line', ['desk', 'sheet']],
  ['focus', ['paper', 'desk', 'sheet', 'manila', 'wash-danger', 'wash-info']],
  ['action', ['desk', 'sheet', 'wash-info']],
  ['good', ['desk', 'wash-good']],
  ['danger', ['desk', 'wash-danger']],
  ['mark', ['desk', 'paper']],
];

const measured = (theme: Record<string, string>, pairs: [string, string[]][]) =>
  pairs.flatMap(([front, grounds]) =>
    grounds.map((ground) => ({
      pair: `${front} on ${ground}`,
      ratio: contrast(theme[front] ?? '', theme[ground] ?? ''),
    })),
  );

describe.each([
  ['by day', light],
  ['by night', darkBySystem],
  ['in sepia', sepia],
])('colours %s', (_, theme) => {
  test('carry text with at least 4.5 : 1', () => {
    const weak = measured(theme, text).filter(({ ratio }) => !(ratio >= 4.5));
    expect(weak).toEqual([]);
  });

  test('draw edges, marks and the focus ring with at least 3 : 1', () => {
    const weak = measured(theme, edges).filter(({ ratio }) => !(ratio >= 3));
    expect(weak).toEqual([]);
  });
});

describe('stationery', () => {
  const css = readFileSync(new URL('stationery.css', import.meta.url), 'utf8');
  const pair = /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g;
  /** Per name of a paper or an ink, its colours by day or by night. */
  const colorsBy = (attribute: string, column: 2 | 3) =>
    [
      ...css.matchAll(
        new RegExp(`\\.choose-${attribute}\\[value='([\\w-]+)'\\]:checked\\) \\{(.*?)\\}`, 'gs'),
      ),
    ]
      .map(([, name = '', block = '']) => ({
        name,
        colors: Object.fromEntries([...block.matchAll(pair)].map((found) => [found[1], found[column] ?? ''])),
      }))
      .filter(({ colors }) => Object.keys(colors).length > 0);

  test.each([
    ['by day', light, 2],
    ['by night', darkBySystem, 3],
  ] as const)('carries every ink and everything else that is on it, %s', (_, theme, column) => {
    const grounds = colorsBy('paper', column);
    const written = colorsBy('ink', column);
    expect([grounds.length, written.length]).toEqual([papers.length - 1, inks.length - 1]);
    const fronts = [
      ...['ink', 'ink-soft', 'paper-ink', 'paper-soft', 'link', 'link-strong', 'danger', 'postmark'].map(
        (name) => ({
          name,
          color: theme[name],
        }),
      ),
      ...written.map(({ name, colors }) => ({ name, color: colors['letter-ink'] })),
    ];
    const sheets = [
      ...grounds.map(({ name, colors }) => ({ name, sheet: colors.paper })),
      { name: 'white', sheet: theme.paper },
    ];
    const weak = sheets.flatMap(({ name, sheet = '' }) =>
      fronts
        .map((front) => ({ pair: `${front.name} on ${name}`, ratio: contrast(front.color ?? '', sheet) }))
        .filter(({ ratio }) => !(ratio >= 4.5)),
    );
    expect(weak).toEqual([]);
  });
});

test('the night is the same whether the system or the person chose it, and names every colour of the day', () => {
  expect(darkByChoice).toEqual(darkBySystem);
  expect(Object.keys(darkBySystem).sort()).toEqual(Object.keys(light).sort());
});

test('the browser chrome, the manifest and the offline page wear the page’s colours', () => {
  const read = (path: string) => readFileSync(new URL(`../../../public/${path}`, import.meta.url), 'utf8');
  expect(themeColors).toEqual({ light: light.desk, sepia: sepia.desk, dark: darkBySystem.desk });
  const manifest = JSON.parse(read('manifest.webmanifest'));
  expect([manifest.theme_color, manifest.background_color]).toEqual([light.desk, light.desk]);
  const offline = [...read('offline.css').matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)];
  const half = offline.length / 2;
  expect(half).toBeGreaterThan(5);
  offline.forEach(([, name = '', color], index) => {
    expect(color, name).toBe((index < half ? light : darkBySystem)[name]);
  });
});
