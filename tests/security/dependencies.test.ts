import { describe, expect, it } from 'vitest';
import { auditDependencies, readAudit } from '#tests/support/audit-dependencies.ts';

describe('what the app is made of', () => {
  it('has no known hole of high severity', async ({ skip }) => {
    const outcome = await auditDependencies();
    if (!outcome.asked) {
      // Not silently: nobody must take this for a clean bill of health.
      console.warn(`npm audit: the registry could not be asked: ${outcome.why}`);
      skip(`the registry could not be asked: ${outcome.why}`);
      return;
    }
    expect(outcome.severe).toEqual([]);
  });
});

describe('the report of an audit', () => {
  const metadata = { dependencies: { prod: 3 } };
  const report = (severity: string) =>
    JSON.stringify({ auditReportVersion: 2, vulnerabilities: { 'a-library': { severity } }, metadata });

  it('is read: severe holes count, others do not', () => {
    for (const severity of ['high', 'critical']) {
      expect(readAudit(report(severity))).toEqual({ asked: true, severe: [{ name: 'a-library', severity }] });
    }
    for (const severity of ['info', 'low', 'moderate']) {
      expect(readAudit(report(severity))).toEqual({ asked: true, severe: [] });
    }
    expect(readAudit(JSON.stringify({ vulnerabilities: {}, metadata }))).toEqual({ asked: true, severe: [] });
  });

  it('that could not be had is not taken for a good one', () => {
    const refused = { message: 'request failed', error: { summary: '405 Method Not Allowed', detail: '' } };
    expect(readAudit(JSON.stringify(refused))).toEqual({
      asked: false,
      why: 'request failed; 405 Method Not Allowed',
    });
    for (const printed of ['', 'npm error network', '{}', '{"vulnerabilities":{}}']) {
      expect(readAudit(printed).asked, printed).toBe(false);
    }
  });
});
