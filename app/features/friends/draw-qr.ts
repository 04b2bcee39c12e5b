import { encode } from 'uqr';

/** A QR code as one path, a unit a module. */
export interface DrawnQr {
  size: number;
  path: string;
}

export function drawQr(text: string): DrawnQr {
  const { size, data } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size, path };
}
