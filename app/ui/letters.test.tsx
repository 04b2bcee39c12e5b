import { describe, expect, test } from 'vitest';
import { PhotoGallery } from '#app/features/letters/read/photo-gallery.tsx';
import { readPerMille } from '#app/features/letters/read/reading-progress.tsx';
import { EnvelopeCard, type EnvelopeCardProps } from '#app/ui/envelope-card.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { LetterList, Pagination } from '#app/ui/letter-list.tsx';
import { LetterSheet } from '#app/ui/letter-sheet.tsx';
import { LetterText } from '#app/ui/letter-text.tsx';
import { render, textOf } from '#tests/support/render.tsx';

const stampSeed = '5a'.repeat(32);
const at = '2026-11-23T23:30:00.000Z';
const envelope: EnvelopeCardProps = {
  to: '/letters/abc',
  direction: 'received',
  person: { username: 'alpha_1', displayName: 'Alpha' },
  at,
  stampSeed,
  state: 'new',
};

describe('an envelope in a list', () => {
  test('shows who it is from and nothing of what is inside while it is closed', () => {
    const markup = render(<EnvelopeCard {...envelope} title="A marked secret" />);
    expect(markup).not.toContain('A marked secret');
    expect(textOf(markup)).toBe(
      'From Alpha alpha_1 A letter for you from Alpha (alpha_1) 23 November 2026 New',
    );
    expect(markup).toContain('envelope-closed');
  });

  test('shows its title once it has been opened', () => {
    const markup = render(<EnvelopeCard {...envelope} state="read" title="The gulls" />);
    expect(textOf(markup)).toBe('From Alpha alpha_1 The gulls from Alpha (alpha_1) 23 November 2026');
    expect(markup).toContain('envelope-open');
  });

  test.each([
    ['queued', 'On its way'],
    ['delivered', 'Delivered, not opened yet'],
    ['read', 'Opened'],
    ['failed', 'Couldn’t be delivered'],
  ] as const)('says how far a sent one has come: %s', (state, words) => {
    const markup = render(<EnvelopeCard {...envelope} direction="sent" state={state} title="The gulls" />);
    expect(textOf(markup)).toBe(`To Alpha alpha_1 The gulls to Alpha (alpha_1) 23 November 2026 ${words}`);
  });

  test('is one link to the letter, with a stamp that has a name', () => {
    const markup = render(<EnvelopeCard {...envelope} />);
    expect(markup.match(/<a /g)).toHaveLength(1);
    expect(markup).toContain('href="/letters/abc"');
    expect(markup).toContain('alt="Stamp on Alpha (alpha_1)&#x27;s letter"');
  });
});

describe('a list of letters', () => {
  test('is a list with a name', () => {
    const markup = render(
      <LetterList label="Letters you received">
        {[<EnvelopeCard key="1" {...envelope} />, <EnvelopeCard key="2" {...envelope} />]}
      </LetterList>,
    );
    expect(markup).toMatch(/^<ul class="letter-list" aria-label="Letters you received"><li>/);
    expect(markup.match(/<li>/g)).toHaveLength(2);
  });

  test('has no pages to turn when there is only one', () => {
    expect(render(<Pagination olderTo={null} newestTo={null} />)).toBe('');
    expect(textOf(render(<Pagination olderTo="/inbox?cursor=x" newestTo="/inbox" />))).toBe(
      'Newest Older letters',
    );
  });
});

describe('the words of a letter', () => {
  test('keep line breaks and spaces; a blank line between words begins a paragraph', () => {
    const markup = render(<LetterText text={'\nDear Beta,\r\n\r\n  1. one\n  2.\ttwo\n \nYours   A\n\n'} />);
    expect(markup).toBe(
      '<div class="letter-text"><p id="at-0">\nDear Beta,</p><p id="at-298">  1. one\n  2.\ttwo</p><p id="at-757">Yours   A</p></div>',
    );
  });

  test('carry links where they stand, and no markup of the author', () => {
    const markup = render(<LetterText text={'see <b>www.example.com</b>, javascript:alert(1)'} />);
    expect(markup).toContain(
      'see &lt;b&gt;<a href="https://www.example.com" rel="noopener noreferrer nofollow">www.example.com</a>&lt;/b&gt;, javascript:alert(1)',
    );
  });
});

describe('a letter', () => {
  const sheet = (
    <LetterSheet
      title={'A title <script>'}
      body="Hello"
      author={{ username: 'alpha_1', displayName: 'Alpha' }}
      receiver={{ username: 'beta', displayName: 'beta' }}
      sentAt={at}
      timeZone="Asia/Tokyo"
      stampSeed={stampSeed}
      aside="You compared their key."
    >
      <p>Photographs</p>
    </LetterSheet>
  );

  test('says from whom, to whom, when in the zone of the reader, how the key stands, and what', () => {
    expect(textOf(render(sheet))).toBe(
      'ALPHA 24 NOV 2026 08:30 From Alpha alpha_1 to beta Tuesday, 24 November 2026, 08:30 You compared their key. A title <script> Hello Photographs',
    );
  });

  test('has its title as the heading of the page and its exact time for machines', () => {
    const markup = render(sheet);
    expect(markup).toMatch(/<h1 class="sheet-title"><span>A title &lt;script&gt;<\/span><\/h1>/);
    expect(markup).toContain(`<time dateTime="${at}"`);
  });

  test('has no time as long as no zone is known', () => {
    expect(textOf(render(<LetterDate at={at} form="full" />))).toBe('Monday, 23 November 2026');
    expect(render(<LetterDate at="not a date" />)).toBe('');
  });
});

describe('the photographs of a letter', () => {
  const photo = {
    n: 0,
    name: 'The door',
    viewUrl: '/p/0/view',
    fullUrl: '/p/0',
    previewUrl: '/p/0?size=preview',
    caption: 'The door',
    alt: '',
    width: 800,
    height: 600,
  };

  test('are figures that open at full size and hold their place while they load', () => {
    const markup = render(
      <PhotoGallery
        photos={[photo, { ...photo, n: 1, name: 'Photo 2 of 2', viewUrl: '/p/1/view', caption: ' ' }]}
      />,
    );
    expect(markup).toContain('<a href="/p/0/view" class="photo-link"><img srcSet="/p/0 1.3x"');
    expect(markup).toContain('src="/p/0?size=preview" alt="The door" width="800" height="600"');
    expect(markup).toContain('<figcaption>The door</figcaption>');
    expect(markup.match(/<figcaption>/g)).toHaveLength(1);
    expect(markup).toContain('alt="Photo 2 of 2"');
  });

  test('show of a long screenshot its beginning, and panoramas whole', () => {
    const gallery = (width: number, height: number) =>
      render(<PhotoGallery photos={[{ ...photo, width, height }]} />);
    expect(gallery(900, 6_600)).toMatch(/photo-beginning.*width="900" height="1800"/);
    expect(gallery(900, 2_000)).toMatch(/class="photo".*width="900" height="2000"/);
    expect(gallery(6_600, 900)).toMatch(/class="photo".*width="6600" height="900"/);
  });

  test('are not announced when there are none', () => {
    expect(render(<PhotoGallery photos={[]} />)).toBe('');
  });
});

test('reading progress runs from the top of a long letter to its end, and a short one is read at once', () => {
  expect(readPerMille(500, 4000, 500)).toBe(0);
  expect(readPerMille(0, 4000, 1000)).toBe(250);
  expect(readPerMille(-3000, 4000, 1000)).toBe(1000);
  expect(readPerMille(-9000, 4000, 1000)).toBe(1000);
  expect(readPerMille(100, 300, 1000)).toBe(1000);
});
