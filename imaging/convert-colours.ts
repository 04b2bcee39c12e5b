import type { Colours } from '#core/photos/read-structure.ts';
import type { Pixels } from './decode-shrunk.ts';

type Triple = [number, number, number];
type Matrix = [Triple, Triple, Triple];

/** CIE xy of red, green, blue and white by code point (ITU-T H.273, table 2). */
const primaries: Record<number, readonly number[]> = {
  1: [0.64, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329],
  5: [0.64, 0.33, 0.29, 0.6, 0.15, 0.06, 0.3127, 0.329],
  6: [0.63, 0.34, 0.31, 0.595, 0.155, 0.07, 0.3127, 0.329],
  9: [0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.329],
  11: [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.314, 0.351],
  12: [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.3127, 0.329],
};
const srgb = primaries[1] as readonly number[];

const fromSrgb = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const intoSrgb = (light: number) => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);

/**
 * Light brighter than a page's white, up to 1,000 cd/m², is compressed, not cut off (Reinhard's
 * curve).
 */
const PAGE_WHITE = 203;
const BRIGHTEST = 1000 / PAGE_WHITE;
const compress = (light: number) => (light * (1 + light / BRIGHTEST ** 2)) / (1 + light);

/** Rec. ITU-R BT.2100: PQ encodes cd/m². */
function fromPq(value: number): number {
  const powered = value ** (1 / 78.84375);
  const light =
    (Math.max(powered - 0.8359375, 0) / (18.8515625 - 18.6875 * powered)) ** (1 / 0.1593017578125);
  return compress((light * 10_000) / PAGE_WHITE);
}
/**
 * Rec. ITU-R BT.2100: HLG encodes light at the camera; three quarters of the signal are white
 * paper.
 */
function fromHlg(value: number): number {
  const light = (signal: number) =>
    signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  return compress(light(value) / light(0.75));
}

/**
 * Decodes a number to light by code point (ITU-T H.273, table 3). Others count as sRGB, as browsers
 * treat video.
 */
const transfers: Record<number, (value: number) => number> = {
  4: (value) => value ** 2.2,
  5: (value) => value ** 2.8,
  8: (value) => value,
  16: fromPq,
  18: fromHlg,
};

/** Converts pixels to sRGB in place, for colour information that decoders ignore. */
export function toSrgb({ data, channels }: Pixels, { cicp, gamma }: Colours): void {
  if (!cicp && !gamma) return;
  const transfer = gamma
    ? (value: number) => value ** (1 / gamma)
    : (transfers[cicp?.transfer ?? 13] ?? fromSrgb);
  const space = primaries[cicp?.primaries ?? 1] ?? srgb;
  if (transfer === fromSrgb && space === srgb) return;

  const light = Float64Array.from({ length: 256 }, (_, value) => transfer(value / 255));
  const steps = 8_192;
  const coded = Uint8Array.from({ length: steps + 1 }, (_, step) => Math.round(255 * intoSrgb(step / steps)));
  const [r, g, b] = multiply(invert(toXyz(srgb)), toXyz(space)).map(keepWhite) as Matrix;
  const code = ([x, y, z]: Triple, red: number, green: number, blue: number) =>
    coded[Math.round(steps * Math.min(1, Math.max(0, x * red + y * green + z * blue)))] as number;
  for (let at = 0; at < data.length; at += channels) {
    const red = light[data[at] as number] as number;
    const green = light[data[at + 1] as number] as number;
    const blue = light[data[at + 2] as number] as number;
    data[at] = code(r, red, green, blue);
    data[at + 1] = code(g, red, green, blue);
    data[at + 2] = code(b, red, green, blue);
  }
}

/** Adapts the white point, so that white stays white. */
const keepWhite = (row: Triple): Triple => {
  const sum = row[0] + row[1] + row[2];
  return [row[0] / sum, row[1] / sum, row[2] / sum];
};

/** Makes the matrix from linear RGB of these primaries to CIE XYZ (SMPTE RP 177). */
function toXyz(xy: readonly number[]): Matrix {
  const columns = [0, 2, 4, 6].map((at): Triple => {
    const [x, y] = [xy[at] as number, xy[at + 1] as number];
    return [x / y, 1, (1 - x - y) / y];
  });
  const [red, green, blue, white] = columns as [Triple, Triple, Triple, Triple];
  const plain = [0, 1, 2].map((row) => [red[row], green[row], blue[row]]) as Matrix;
  const scale = invert(plain).map((row) => dot(row, white)) as Triple;
  return plain.map((row) => row.map((value, column) => value * (scale[column] as number))) as Matrix;
}

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function multiply(a: Matrix, b: Matrix): Matrix {
  const column = (n: number) => b.map((row) => row[n]) as Triple;
  return a.map((row) => [0, 1, 2].map((n) => dot(row, column(n)))) as Matrix;
}

function invert([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const rows: Matrix = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return rows.map((row) => row.map((value) => value / whole)) as Matrix;
}
