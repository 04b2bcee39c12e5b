import { describe, expect, test } from 'vitest';
import About from '#app/features/site/about.route.tsx';
import Features from '#app/features/site/features.route.tsx';
import Welcome from '#app/features/site/welcome.route.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeading, PageShell } from '#app/ui/page-shell.tsx';
import { PictureOf } from '#app/ui/pictures.tsx';
import { idsIn, render, textOf } from '#tests/support/render.tsx';

const beta = { username: 'beta', displayName: 'Beta' };

describe('the frame of a page', () => {
  const mail = render(
    <PageShell person={beta} news={{ letters: 3, requests: 0, acceptances: 0 }}>
      <PageHeading title="Your letters" />
    </PageShell>,
    '/sent',
  );

  test('begins with a link over the navigation to the one main part', () => {
    expect(mail.indexOf('href="#main"')).toBeLessThan(mail.indexOf('<header'));
    expect(mail.match(/<main id="main"/g)).toHaveLength(1);
  });

  test('leads to every part of the mail and marks where one is', () => {
    for (const path of ['/inbox', '/sent', '/write', '/drafts', '/friends'])
      expect(mail).toContain(`href="${path}"`);
    expect(mail.match(/aria-current="page"/g)).toHaveLength(1);
    expect(mail).toMatch(/<a [^>]*aria-current="page" class="nav-link active" href="\/sent"/);
  });

  test('counts the closed envelopes, up to a point', () => {
    expect(textOf(mail)).toContain('Inbox 3 , 3 new');
    const many = render(
      <PageShell person={beta} news={{ letters: 100, requests: 0, acceptances: 0 }}>
        x
      </PageShell>,
    );
    expect(textOf(many)).toContain('99+ , 99+ new');
    expect(
      textOf(
        render(
          <PageShell person={beta} news={{ letters: 0, requests: 0, acceptances: 0 }}>
            x
          </PageShell>,
        ),
      ),
    ).not.toContain('new');
  });

  test('logs out with a plain form, so that the next page starts with nothing in memory', () => {
    expect(mail).toMatch(/<form method="post" action="\/logout"[^>]*><button type="submit"/);
  });

  test('shows a stranger the way in and none of the mail', () => {
    const markup = render(<PageShell person={null}>x</PageShell>);
    expect(markup).toContain('href="/login"');
    expect(markup).not.toMatch(/\/inbox|\/logout/);
  });
});

describe.each([
  ['welcome', <Welcome key="w" />],
  ['about', <About key="a" />],
  ['features', <Features key="f" />],
  ['an empty list', <EmptyState key="e" picture="cat" title="Nothing" heading="h1" />],
])('%s', (_, page) => {
  const markup = render(page);

  test('has one heading of the first rank and skips none', () => {
    const ranks = [...markup.matchAll(/<h([1-6])/g)].map(([, rank]) => Number(rank));
    expect(ranks.filter((rank) => rank === 1)).toHaveLength(1);
    ranks.forEach((rank, index) => {
      expect(rank - (ranks[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  test('needs no inline style or script, and nothing from elsewhere', () => {
    expect(markup).not.toMatch(/ style=| on[a-z]+=|<script|javascript:/);
    expect(markup.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  });

  test('uses no id twice', () => {
    const ids = idsIn(markup);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('the welcome asks strangers in', () => {
  const markup = render(<Welcome />);
  expect(markup).toContain('href="/join"');
  expect(markup).toContain('href="/login"');
});

test('every picture can be drawn', () => {
  for (const name of ['mailbox', 'pen', 'friends', 'cat', 'lost', 'travel', 'seal', 'snail'] as const) {
    expect(render(<PictureOf name={name} />)).toMatch(/^<span class="picture"><svg .*aria-hidden="true"/);
  }
});
