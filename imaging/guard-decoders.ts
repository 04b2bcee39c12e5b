import sharp from 'sharp';

const formats = ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Heif', 'Tiff'];

/**
 * Limits this process to these formats, behind the check by content. The cache is off because it
 * would keep private pictures in memory.
 */
export function guardDecoders(): void {
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: formats.map((format) => `VipsForeignLoad${format}Buffer`) });
}
