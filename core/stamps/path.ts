/** Writes path data as short as possible: a page may show twenty stamps at once. */
export type Point = readonly [x: number, y: number];

export const roundTenth = (value: number): number => Math.round(value * 10) / 10;

/** One decimal is finer than print, and short. */
export function tenth(value: number): string {
  const tenths = Math.round(value * 10);
  const size = Math.abs(tenths);
  const rest = size % 10;
  const whole = (size - rest) / 10;
  // A page of stamps has thousands of numbers, and assembling digits is faster than formatting and
  // trimming a fraction.
  return `${tenths < 0 ? '-' : ''}${whole > 0 || rest === 0 ? whole : ''}${rest === 0 ? '' : `.${rest}`}`;
}

/** A path command and its numbers, with a space only where two numbers would run together. */
export function command(letter: string, ...numbers: readonly number[]): string {
  let d = letter;
  for (const [index, number] of numbers.entries()) {
    const digits = tenth(number);
    d += index === 0 || digits.startsWith('-') ? digits : ` ${digits}`;
  }
  return d;
}

/** A smooth line through the points (Catmull-Rom), as path data that begins with `M`. */
export function smoothLine(points: readonly Point[]): string {
  const knot = (index: number): Point => points[Math.max(0, Math.min(points.length - 1, index))] ?? [0, 0];
  let [x, y] = [roundTenth(knot(0)[0]), roundTenth(knot(0)[1])];
  let d = command('M', x, y);
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b, c, e] = [knot(i - 1), knot(i), knot(i + 1), knot(i + 2)];
    const [dx, dy] = [c[0] - x, c[1] - y];
    const arriving = [dx - (e[0] - b[0]) / 6, dy - (e[1] - b[1]) / 6, dx, dy];
    // The tangents at a knot are opposite and equal, which is what the short form `s` assumes.
    d +=
      i === 0 ? command('c', (c[0] - a[0]) / 6, (c[1] - a[1]) / 6, ...arriving) : command('s', ...arriving);
    [x, y] = [x + roundTenth(dx), y + roundTenth(dy)];
  }
  return d;
}

/** An ellipse as path data that `hatchLines` understands. */
export function ellipsePath(cx: number, cy: number, rx: number, ry: number): string {
  const [kx, ky] = [rx * 0.5523, ry * 0.5523];
  return (
    command('M', cx - rx, cy) +
    command('c', 0, -ky, rx - kx, -ry, rx, -ry) +
    command('s', rx, ry - ky, rx, ry) +
    command('s', kx - rx, ry, -rx, ry) +
    command('s', -rx, ky - ry, -rx, -ry) +
    'z'
  );
}
