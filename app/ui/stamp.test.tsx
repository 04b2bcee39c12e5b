import { describe, expect, it } from 'vitest';
import { Stamp } from '#app/ui/stamp.tsx';
import { render } from '#tests/support/render.tsx';

const seed = '5a'.repeat(32);
const label = "Stamp on alpha's letter";

describe('a painted stamp on the page', () => {
  it('lies over the drawn one, which stays to be seen when it does not come', () => {
    const drawn = render(<Stamp seed={seed} label={label} />);
    const painted = render(<Stamp seed={seed} label={label} paintedUrl="/letters/abc/stamp" />);
    expect(drawn).not.toContain('<image');
    expect(painted).toContain('<image href="/letters/abc/stamp"');
    const withoutWords = (markup: string) =>
      markup.replace(/<desc.*?<\/desc>/, '').replace(/ aria-describedby="[^"]*"/, '');
    expect(withoutWords(painted.replace(/<image[^>]*><\/image>|<image[^>]*\/>/, ''))).toBe(
      withoutWords(drawn),
    );
  });

  it('keeps its name, and is not described as the drawing', () => {
    const painted = render(<Stamp seed={seed} label={label} paintedUrl="/letters/abc/stamp" />);
    expect(painted).toContain('Stamp on alpha&#39;s letter</title>');
    expect(painted).not.toMatch(/<desc|aria-describedby/);
  });
});
