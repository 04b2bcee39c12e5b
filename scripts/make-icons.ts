/**
 * Draws the icons and the offline page's picture in `public/`: `node scripts/make-icons.ts`. The
 * results are committed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { drawVignette } from '#core/stamps/draw-vignette.ts';
import { toMarkup } from '#core/stamps/svg.ts';

const publicFolder = fileURLToPath(new URL('../public/', import.meta.url));

const HEART =
  'M256 372c-62-44-88-74-88-108 0-29 21-50 47-50 17 0 32 9 41 26 9-17 24-26 41-26 26 0 47 21 47 50 0 34-26 64-88 108Z';

type Shape = {
  /** Corner radius, out of 512; 0 where the system crops the icon itself. */
  radius: number;
  /** Size of the envelope; a maskable icon keeps it inside the middle 80 %. */
  scale: number;
  /** Whether to draw the airmail edge, which is too fine for a browser tab. */
  striped: boolean;
};

function drawIcon({ radius, scale, striped }: Shape): string {
  const stripes = striped
    ? `<defs><pattern id="e" width="96" height="96" patternUnits="userSpaceOnUse" patternTransform="rotate(38)"><path fill="#fbf7ea" d="M0 0h96v96H0z"/><path fill="#cf3d4b" d="M0 0h24v96H0z"/><path fill="#2f5cab" d="M48 0h24v96H48z"/></pattern></defs>
<rect x="66" y="126" width="380" height="276" rx="22" fill="url(#e)"/><rect x="92" y="152" width="328" height="224" rx="6" fill="#fbf2d6"/>`
    : '<rect x="46" y="106" width="420" height="312" rx="34" fill="#fbf2d6"/>';
  const flap = striped
    ? '<path d="M94 156 256 286 418 156" fill="none" stroke="#1a2440" stroke-width="13" stroke-linejoin="round"/>'
    : '<path d="M58 124 256 284 454 124" fill="none" stroke="#1a2440" stroke-width="30" stroke-linejoin="round"/>';
  const heart = `<path d="${HEART}" fill="#a3243b" stroke="#fbf2d6" stroke-width="${striped ? 13 : 24}" transform="translate(256 290) scale(${striped ? 0.86 : 1.2}) translate(-256 -290)"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="${radius}" fill="#22448f"/><g transform="translate(256 264) scale(${scale}) translate(-256 -264)">${stripes}${flap}${heart}</g></svg>\n`;
}

async function writePng(name: string, size: number, shape: Shape): Promise<void> {
  const png = await sharp(Buffer.from(drawIcon(shape)), { density: 300 })
    .resize(size, size)
    .png({ palette: true, quality: 95, compressionLevel: 9, effort: 10 })
    .toBuffer();
  await writeFile(`${publicFolder}icons/${name}`, png);
}

await mkdir(`${publicFolder}icons`, { recursive: true });
await writeFile(`${publicFolder}favicon.svg`, drawIcon({ radius: 96, scale: 1, striped: false }));
await writePng('icon-192.png', 192, { radius: 108, scale: 1.02, striped: true });
await writePng('icon-512.png', 512, { radius: 108, scale: 1.02, striped: true });
await writePng('maskable-512.png', 512, { radius: 0, scale: 0.84, striped: true });
await writePng('apple-touch-icon.png', 180, { radius: 0, scale: 1, striped: true });

const lighthouse = drawVignette('Lighthouse', 'midnight blue', 'f'.repeat(64));
const { 'aria-hidden': _, focusable: __, ...attributes } = lighthouse.attributes;
const standalone = { ...lighthouse, attributes: { xmlns: 'http://www.w3.org/2000/svg', ...attributes } };
await writeFile(`${publicFolder}offline.svg`, `${toMarkup(standalone)}\n`);
