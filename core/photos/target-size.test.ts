import { describe, expect, it } from 'vitest';
import { longShape } from '#core/photos/photo-shape.ts';
import { animationBounds, isSmallAnimation, sizeBounds, targetSize } from '#core/photos/target-size.ts';

const full = (width: number, height: number) => Object.values(targetSize({ width, height }, 'full'));
const preview = (width: number, height: number) => Object.values(targetSize({ width, height }, 'preview'));

describe('the size of a photo in a letter', () => {
  it('is 2048 px and 480 px on the longer side of an ordinary photo', () => {
    expect(full(4032, 3024)).toEqual([2048, 1536]);
    expect(full(3024, 4032)).toEqual([1536, 2048]);
    expect(full(8160, 6144)).toEqual([2048, 1542]);
    expect(preview(4032, 3024)).toEqual([480, 360]);
  });

  it('is never more than the picture has', () => {
    expect(full(640, 400)).toEqual([640, 400]);
    expect(preview(1, 1)).toEqual([1, 1]);
  });

  it('keeps a long screenshot and a panorama readable on their shorter side', () => {
    const [width = 0, height = 0] = full(1080, 8000);
    expect(width).toBeGreaterThanOrEqual(800);
    expect(width * height).toBeLessThanOrEqual(6_010_000);
    expect(full(1170, 2532)).toEqual([1080, 2337]);
    expect(full(16_000, 4000)).toEqual([4320, 1080]);
    expect(Math.min(...preview(1080, 8000))).toBeGreaterThanOrEqual(170);
  });

  it('stays within pixels and sides that every decoder takes, whatever the shape', () => {
    for (const variant of ['full', 'preview'] as const) {
      for (const [width, height] of [
        [200_000, 1],
        [65_000, 3],
        [1, 65_535],
        [20_000, 20_000],
        [60_000, 800],
      ] as const) {
        const size = targetSize({ width, height }, variant);
        const { pixels, longest } = sizeBounds[variant];
        expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(longest);
        // Rounding adds half a row and half a column at most.
        expect((size.width - 0.5) * (size.height - 0.5)).toBeLessThanOrEqual(pixels);
      }
    }
  });
});

it('is seen at once, or read from top to bottom or from side to side', () => {
  expect(longShape({ width: 1_080, height: 2_400 })).toBe(null);
  expect(longShape({ width: 1_080, height: 8_000 })).toBe('tall');
  expect(longShape({ width: 6_000, height: 1_000 })).toBe('wide');
});

it('is an animation that keeps moving, as far as its bounds', () => {
  const moving = { width: 200, height: 200, frames: animationBounds.frames, orientation: 1 };
  expect(isSmallAnimation(moving)).toBe(true);
  expect(isSmallAnimation({ ...moving, frames: animationBounds.frames + 1 })).toBe(false);
  expect(isSmallAnimation({ ...moving, height: 201 })).toBe(false);
  expect(isSmallAnimation({ ...moving, frames: 1 })).toBe(false);
  expect(isSmallAnimation({ ...moving, orientation: 6 })).toBe(false);
});
