import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AppProcess, startApp } from '#tests/support/app-process.ts';
import { buildPages } from '#tests/support/build-pages.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';

let app: AppProcess;
beforeAll(async () => {
  await buildPages();
  app = await startApp({ env: { METRICS_TOKEN: 'an-operator-has-it' } });
});
afterAll(() => app?.dispose());

it('is shown to whoever has the token, and is no page for anybody else', async () => {
  const ask = (headers: Record<string, string>) => fetch(`${app.url}/metrics`, { headers });
  const wrong: Record<string, string>[] = [
    {},
    { authorization: 'Bearer another' },
    { authorization: 'an-operator-has-it' },
  ];
  for (const headers of wrong) {
    const answer = await ask(headers);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('bff_');
  }
  countRepelled(wrong.length);
  await fetch(`${app.url}/healthz`);
  await fetch(`${app.url}/reset/a-secret-token`);
  const answer = await ask({ authorization: 'Bearer an-operator-has-it' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const text = await answer.text();
  expect(text).toMatch(/bff_http_requests_total\{method="GET",route="\/metrics",status="404"\} 3/);
  expect(text).toMatch(/bff_http_requests_total\{method="GET",route="\/reset",status="\d+"\} 1/);
  expect(text).not.toContain('a-secret-token');
  // A start takes longer than these answers: were they milliseconds, their sum would be larger.
  const seconds = Number(/bff_http_request_seconds_sum\{route="\/metrics"\} ([\d.e-]+)/.exec(text)?.[1]);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(3);
});
