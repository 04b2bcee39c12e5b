import { format } from 'node:util';
import { withoutPeople } from './error-text.ts';
import { describeError, type Logger } from './log.ts';

/** Libraries that talk to a service around us, and warn of it on the console. */
const talkative = /[\\/]node_modules[\\/](bullmq|ioredis|mongodb|nodemailer)[\\/]/;

/**
 * Makes log lines of what libraries print: BullMQ's word on the memory policy of Redis, ioredis' on a password nobody asked
 * for, Node's own warnings. What others print may quote what people wrote, so of that only the place is logged.
 *
 * @returns undoes it
 */
export function logConsole(log: Logger): () => void {
  const { warn, error } = console;
  const onConsole =
    (level: 'warn' | 'error') =>
    (...parts: unknown[]) => {
      // What a page did wrong is a log line already.
      if (typeof parts[0] === 'string' && parts[0].startsWith('{"level":')) return error(...parts);
      const here = new Error('printed');
      const said = parts.find((part) => part instanceof Error);
      const text = talkative.test(here.stack ?? '')
        ? withoutPeople(format(...parts.filter(isText)))
        : undefined;
      log.error('printed by a library', { ...describeError(said ?? here), text, error: level });
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
