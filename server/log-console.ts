import { format } from 'node:util';
import { withoutPeople } from './error-text.ts';
import { describeError, type Logger } from './log.ts';

/** Libraries that talk to services and print warnings on the console. */
const talkative = /[\\/]node_modules[\\/](bullmq|ioredis|mongodb|nodemailer)[\\/]/;

/**
 * Turns what libraries print into log lines: BullMQ's warning about the memory policy of Redis,
 * ioredis' about an unused password, and Node's own. Other output may quote users' text, so only
 * its stack position is logged.
 *
 * @returns undoes it
 */
export function logConsole(log: Logger): () => void {
  const { warn, error } = console;
  const onConsole =
    (level: 'warn' | 'error') =>
    (...parts: unknown[]) => {
      // Errors of pages are logged already.
      if (typeof parts[0] === 'string' && parts[0].startsWith('{"level":')) return error(...parts);
      const here = new Error('printed');
      const printed = parts.find((part) => part instanceof Error);
      const text = talkative.test(here.stack ?? '')
        ? withoutPeople(format(...parts.filter(isText)))
        : undefined;
      log.error('printed by a library', { ...describeError(printed ?? here), text, error: level });
    };
  console.warn = onConsole('warn');
  console.error = onConsole('error');
  const onWarning = ({ name, message }: Error) =>
    log.error('warning of Node', { error: name, text: withoutPeople(message) });
  const before = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', onWarning);
  return () => {
    Object.assign(console, { warn, error });
    process.off('warning', onWarning);
    for (const listener of before) process.on('warning', listener);
  };
}

const isText = (part: unknown) => typeof part === 'string';
