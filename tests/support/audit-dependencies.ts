import { execFile } from 'node:child_process';

/** What the registry says of known holes in what this project is made of. */
export type AuditOutcome =
  | { asked: true; severe: { name: string; severity: string }[] }
  /** Why it could not be asked: nothing is known then, which is not the same as nothing found. */
  | { asked: false; why: string };

const SEVERE = new Set(['high', 'critical']);

/** Reads what `npm audit --json` printed. */
export function readAudit(printed: string): AuditOutcome {
  let report: unknown;
  try {
    report = JSON.parse(printed);
  } catch {
    return { asked: false, why: printed.trim().slice(0, 300) || 'npm printed nothing' };
  }
  const { vulnerabilities, metadata, message, error } = report as {
    vulnerabilities?: Record<string, { severity?: string }>;
    metadata?: { dependencies?: { prod?: number } };
    message?: string;
    error?: { summary?: string; detail?: string };
  };
  if (!vulnerabilities || !metadata) {
    const why = [message, error?.summary, error?.detail].filter(Boolean).join('; ');
    return { asked: false, why: why || 'npm printed no report' };
  }
  const severe = Object.entries(vulnerabilities)
    .map(([name, { severity = 'unknown' }]) => ({ name, severity }))
    .filter(({ severity }) => SEVERE.has(severity));
  return { asked: true, severe };
}

/** Runs `npm audit` over what the app needs to run. */
export function auditDependencies(): Promise<AuditOutcome> {
  const given = ['audit', '--omit=dev', '--audit-level=high', '--json'];
  return new Promise((resolve) => {
    execFile('npm', given, { timeout: 60_000, maxBuffer: 50_000_000 }, (failure, stdout, stderr) => {
      const outcome = readAudit(stdout);
      if (outcome.asked) return resolve(outcome);
      const said = stderr
        .match(/^npm (?:warn audit|error) .*$/gim)
        ?.slice(0, 2)
        .join('; ');
      resolve({ asked: false, why: said ?? (outcome.why || String(failure)) });
    });
  });
}
