import { textOfCause } from './error-text.ts';

/**
 * Fields of a log line: ids, counts and codes only. Never a secret, a plaintext or an email
 * address.
 */
export type LogFields = Record<string, string | number | boolean | undefined>;

export interface Logger {
  info(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Writes one JSON object a line; `silent` writes nothing. */
export function createLogger(
  level: 'info' | 'error' | 'silent',
  write: (line: string) => void = (line) => process.stdout.write(line),
): Logger {
  const line = (severity: 'info' | 'error', event: string, fields: LogFields = {}) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level: severity, event, ...fields })}\n`);
  return {
    info: (event, fields) => {
      if (level === 'info') line('info', event, fields);
    },
    error: (event, fields) => {
      if (level !== 'silent') line('error', event, fields);
    },
  };
}

/**
 * Describes an unexpected error for the log: its name, its code and where it was thrown. Includes
 * its message only if it is about the machine or a service; otherwise libraries quote their input
 * in it.
 */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  const frames = (error.stack ?? '').split('\n').filter((frame) => frame.trimStart().startsWith('at '));
  return {
    error: error.name,
    code,
    text: textOfCause(error),
    at: frames
      .slice(0, 4)
      .map((frame) => frame.trim().slice(3))
      .join(' < '),
  };
}
