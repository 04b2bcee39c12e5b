import sharp from 'sharp';
import { vi } from 'vitest';

/** A picture a browser has decoded: here as a PNG, which carries pixels and nothing else. */
interface FakeBitmap {
  png: Buffer;
  width: number;
  height: number;
  close(): void;
}

/**
 * Stands in for the canvas of a browser, with the pixels sharp decodes and encodes. What is drawn is opaque.
 * `vi.unstubAllGlobals` ends it.
 */
export function stubCanvas(): void {
  vi.stubGlobal('createImageBitmap', async (file: Blob): Promise<FakeBitmap> => {
    const upright = sharp(await file.arrayBuffer()).rotate();
    const { data: png, info } = await upright
      .png({ compressionLevel: 1 })
      .toBuffer({ resolveWithObject: true });
    return { png, width: info.width, height: info.height, close() {} };
  });
  vi.stubGlobal('OffscreenCanvas', FakeCanvas);
}

class FakeCanvas {
  readonly width: number;
  readonly height: number;
  /** What was drawn last, over everything before. */
  png: Promise<Buffer> | undefined;
  constructor(width: number, height: number) {
    [this.width, this.height] = [width, height];
  }

  getContext() {
    return {
      drawImage: (
        picture: FakeBitmap | FakeCanvas,
        _x: number,
        _y: number,
        width: number,
        height: number,
      ) => {
        this.png = Promise.resolve(picture.png).then((png) =>
          sharp(png).resize(width, height, { fit: 'fill' }).png({ compressionLevel: 1 }).toBuffer(),
        );
      },
      getImageData: (_x: number, _y: number, width: number, height: number) => ({
        data: new Uint8ClampedArray(width * height * 4).fill(255),
      }),
    };
  }

  async convertToBlob({ quality }: { quality: number }): Promise<Blob> {
    const jpeg = await sharp(await this.png)
      .jpeg({ quality: Math.round(quality * 100) })
      .toBuffer();
    return new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' });
  }
}
