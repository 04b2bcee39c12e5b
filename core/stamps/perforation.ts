import { tenth } from './path.ts';

/**
 * Outlines a perforated stamp: half a hole cut out of the edge every `pitch`. Width and height are
 * multiples of it, so that all four corners keep a whole tooth.
 */
export function perforatedEdge(width: number, height: number, pitch: number, radius: number): string {
  const flat = pitch - radius * 2;
  const side = (length: number, axis: 'h' | 'v', sign: 1 | -1) => {
    const [along, x, y] = [sign * radius * 2, axis === 'h' ? 1 : 0, axis === 'h' ? 0 : 1];
    const bite = `a${tenth(radius)} ${tenth(radius)} 0 00${tenth(along * x)} ${tenth(along * y)}`;
    const gap = `${axis}${tenth(sign * flat)}`;
    const half = `${axis}${tenth((sign * flat) / 2)}`;
    return half + Array.from({ length: Math.round(length / pitch) }, () => bite).join(gap) + half;
  };
  return `M0 0${side(width, 'h', 1)}${side(height, 'v', 1)}${side(width, 'h', -1)}${side(height, 'v', -1)}Z`;
}
