import sharp from 'sharp';
import { clamp, hash, mix } from './noise.ts';

/** Linear light: red, green, blue, 1 for white paper, more for lamps. */
export type Light = readonly [number, number, number];

/** From the hexadecimal colour a painter would name. */
export function light(hex: string, strength = 1): Light {
  const value = Number.parseInt(hex, 16);
  const linear = (shift: number) => strength * (((value >> shift) & 255) / 255) ** 2.2;
  return [linear(16), linear(8), linear(0)];
}

export function blend(a: Light, b: Light, part: number): Light {
  return [mix(a[0], b[0], part), mix(a[1], b[1], part), mix(a[2], b[2], part)];
}

export function plus(a: Light, b: Light, strength = 1): Light {
  return [a[0] + b[0] * strength, a[1] + b[1] * strength, a[2] + b[2] * strength];
}

export function times(a: Light, strength: number | Light): Light {
  if (typeof strength === 'number') return [a[0] * strength, a[1] * strength, a[2] * strength];
  return [a[0] * strength[0], a[1] * strength[1], a[2] * strength[2]];
}

/** Colours along a line; the stops are places from low to high. */
export function ramp(stops: readonly (readonly [number, Light])[], at: number): Light {
  let before = stops[0] as readonly [number, Light];
  for (const stop of stops) {
    if (at < stop[0]) {
      const part = clamp((at - before[0]) / (stop[0] - before[0] || 1));
      return blend(before[1], stop[1], part * part * (3 - 2 * part));
    }
    before = stop;
  }
  return before[1];
}

/** A quarter of the pixels, to look at while painting. */
const isDraft = process.argv.includes('--draft');
const HEIGHT = isDraft ? 480 : 960;
const WIDTH = (HEIGHT * 4) / 3;

/** What a place of the picture is: x from 0 to 4/3 (right), y from 0 to 1 (down), so that circles are round. */
export type Shader = (x: number, y: number) => Light;

/** A picture in linear light, before the film. */
export class Picture {
  readonly values = new Float32Array(WIDTH * HEIGHT * 3);

  /** Fills the picture; each place is looked at `samples`² times, so that edges are smooth. */
  static of(shader: Shader, samples = isDraft ? 1 : 2): Picture {
    const picture = new Picture();
    let at = 0;
    for (let row = 0; row < HEIGHT; row++) {
      for (let column = 0; column < WIDTH; column++) {
        let [r, g, b] = [0, 0, 0];
        for (let sample = 0; sample < samples * samples; sample++) {
          const x = (column + ((sample % samples) + 0.5) / samples) / HEIGHT;
          const y = (row + (Math.floor(sample / samples) + 0.5) / samples) / HEIGHT;
          const seen = shader(x, y);
          r += seen[0];
          g += seen[1];
          b += seen[2];
        }
        const part = 1 / (samples * samples);
        picture.values[at++] = r * part;
        picture.values[at++] = g * part;
        picture.values[at++] = b * part;
      }
    }
    return picture;
  }

  at(x: number, y: number): Light {
    const column = clamp(Math.round(x * HEIGHT - 0.5), 0, WIDTH - 1);
    const row = clamp(Math.round(y * HEIGHT - 0.5), 0, HEIGHT - 1);
    const at = (row * WIDTH + column) * 3;
    return [this.values[at] as number, this.values[at + 1] as number, this.values[at + 2] as number];
  }

  /** A copy out of focus: `radius` in pixels of 960 lines. Three passes of a box are nearly a bell. */
  blurred(radius: number): Picture {
    let from = this.values;
    const width = Math.max(1, Math.round((radius / 1.7) * (HEIGHT / 960)));
    for (let pass = 0; pass < 3; pass++) {
      from = boxBlur(from, WIDTH, HEIGHT, 3, WIDTH * 3, width);
      from = boxBlur(from, HEIGHT, WIDTH, WIDTH * 3, 3, width);
    }
    const copy = new Picture();
    copy.values.set(from);
    return copy;
  }

  /** What shines spreads in the lens. */
  bloom(threshold: number, radius: number, strength: number): this {
    const bright = new Picture();
    this.values.forEach((value, at) => {
      bright.values[at] = Math.max(0, value - threshold);
    });
    const spread = bright.blurred(radius);
    this.values.forEach((value, at) => {
      this.values[at] = value + (spread.values[at] as number) * strength;
    });
    return this;
  }

  /** Puts the sharper or softer copies together, place by place: 0 takes the first, 1 the second. */
  focus(other: Picture, part: (x: number, y: number) => number): this {
    for (let row = 0, at = 0; row < HEIGHT; row++) {
      for (let column = 0; column < WIDTH; column++) {
        const share = part(column / HEIGHT, row / HEIGHT);
        for (let c = 0; c < 3; c++, at++) {
          this.values[at] = mix(this.values[at] as number, other.values[at] as number, share);
        }
      }
    }
    return this;
  }

  /** Exposes the film and writes a JPEG of at most `maxBytes`. */
  async develop(film: Film, maxBytes: number): Promise<Buffer> {
    const pixels = expose(this.values, film);
    for (let quality = 86; ; quality -= 2) {
      const written = await sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
        .jpeg({ quality, mozjpeg: true })
        .toBuffer();
      if (written.length <= maxBytes || quality < 40) return written;
    }
  }
}

export interface Film {
  exposure?: number;
  /** Darkening towards the corners, 0 to 1. */
  vignette?: number;
  /** Strength of the grain in steps of 255. */
  grain?: number;
  /** Factors for the three colours: warm film has more red. */
  tint?: Light;
  saturation?: number;
}

function expose(values: Float32Array, film: Film): Uint8Array {
  const { exposure = 1, vignette = 0.35, grain = 5, tint = [1, 1, 1], saturation = 1 } = film;
  const pixels = new Uint8Array(values.length);
  for (let row = 0, at = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++, at += 3) {
      const away = Math.hypot(column / WIDTH - 0.5, row / HEIGHT - 0.5);
      const share = exposure * (1 - vignette * (away / Math.SQRT1_2) ** 2.4);
      const seen = [0, 1, 2].map((c) => share * (tint[c] as number) * (values[at + c] as number));
      const grey = 0.3 * (seen[0] as number) + 0.59 * (seen[1] as number) + 0.11 * (seen[2] as number);
      // Grain lies over neighbouring pixels, as silver does, and is strongest in the middle tones.
      const speck =
        (hash(column, row, 1) + hash(column >> 1, row >> 1, 2) + hash(column, row >> 1, 3) - 1.5) * grain;
      for (let c = 0; c < 3; c++) {
        const value = filmCurve(Math.max(0, mix(grey, seen[c] as number, saturation)));
        pixels[at + c] = clamp(255 * value + speck * (0.35 + 1.6 * value * (1 - value)), 0, 255);
      }
    }
  }
  return pixels;
}

/** The toe and shoulder of film (after Narkowicz's fit of the ACES curve), and the screen's gamma. */
function filmCurve(value: number): number {
  const x = value * 0.8;
  return clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)) ** (1 / 2.2);
}

function boxBlur(
  from: Float32Array<ArrayBuffer>,
  length: number,
  lines: number,
  step: number,
  lineStep: number,
  radius: number,
): Float32Array<ArrayBuffer> {
  const to = new Float32Array(from.length);
  const part = 1 / (2 * radius + 1);
  for (let line = 0; line < lines; line++) {
    for (let c = 0; c < 3; c++) {
      const start = line * lineStep + c;
      const read = (at: number) => from[start + clamp(at, 0, length - 1) * step] as number;
      let sum = 0;
      for (let at = -radius; at <= radius; at++) sum += read(at);
      for (let at = 0; at < length; at++) {
        to[start + at * step] = sum * part;
        sum += read(at + radius + 1) - read(at - radius);
      }
    }
  }
  return to;
}
