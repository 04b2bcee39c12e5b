import { describe, expect, test } from 'vitest';
import { flatten, hatchLines } from '#core/stamps/hatching.ts';
import { command, ellipsePath, smoothLine, tenth } from '#core/stamps/path.ts';

/** The lines of path data made of `M`, `m` and `l`. */
function linesOf(d: string): [number, number, number, number][] {
  const lines: [number, number, number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, letter, rest = ''] of d.matchAll(/([Mml])([^Mml]*)/g)) {
    const [dx = 0, dy = 0] = (rest.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
    const from = [x, y] as const;
    [x, y] = letter === 'M' ? [dx, dy] : [x + dx, y + dy];
    if (letter === 'l') lines.push([from[0], from[1], x, y]);
  }
  return lines;
}

describe('shading', () => {
  test('stays inside the shape, whatever the angle', () => {
    for (const angle of [0, 17, 45, 90, 133]) {
      const lines = linesOf(hatchLines(ellipsePath(50, 60, 30, 20), angle, 2));
      expect(lines.length).toBeGreaterThan(15);
      for (const [x1, y1, x2, y2] of lines)
        for (const [x, y] of [
          [x1, y1],
          [x2, y2],
        ] as const)
          expect(((x - 50) / 30) ** 2 + ((y - 60) / 20) ** 2).toBeLessThan(1.03);
    }
  });

  test('leaves a hole open', () => {
    const lines = linesOf(hatchLines('M0 0H100V100H0ZM30 30H70V70H30Z', 0, 5));
    const through = lines.filter(([, y]) => y > 31 && y < 69);
    expect(through.length).toBeGreaterThan(10);
    for (const [x1, , x2] of through) expect(Math.max(x1, x2) <= 30.1 || Math.min(x1, x2) >= 69.9).toBe(true);
  });

  test('refuses a command it cannot follow rather than shade the wrong place', () => {
    expect(() => flatten('M0 0A5 5 0 0 1 10 0')).toThrow(TypeError);
  });
});

describe('path data', () => {
  test('reads back as the points it was drawn through', () => {
    const points = [
      [0, 5],
      [10, 2.5],
      [21.3, 7],
      [30, 0],
    ] as const;
    const corners = flatten(smoothLine(points)).flat();
    for (const [x, y] of points)
      expect(corners.some(([cx, cy]) => Math.hypot(cx - x, cy - y) < 0.11)).toBe(true);
  });

  test('means the same in capital and small commands', () => {
    const absolute = flatten('M10 10L20 10H30V20C30 30 20 30 20 20Q15 10 10 20Z').flat();
    const relative = flatten('m10 10l10 0h10v10c0 10-10 10-10 0q-5-10-10 0z').flat();
    expect(relative.length).toBe(absolute.length);
    relative.forEach(([x, y], index) => {
      expect(x).toBeCloseTo(absolute[index]?.[0] ?? Number.NaN);
      expect(y).toBeCloseTo(absolute[index]?.[1] ?? Number.NaN);
    });
  });

  test('is short', () => {
    expect([0, -0.04, 0.5, -0.55, 12.04, 3].map(tenth)).toEqual(['0', '0', '.5', '-.5', '12', '3']);
    expect(command('l', 1.5, -0.5, 2)).toBe('l1.5-.5 2');
  });
});
