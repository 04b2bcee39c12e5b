import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Bytes } from '#core/bytes.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import { describeError, type Logger } from '../log.ts';
import { createFrameReader, type Frame, SPENT_SIGNAL, writeFrame } from './decoder-frames.ts';

export interface DecoderBounds {
  /** Processor time one photo may take, ms. */
  cpuMs: number;
  /** Time one photo may take on a busy machine, ms. */
  deadlineMs: number;
  /** Memory the process may take, bytes. */
  maxBytes: number;
  /** How long an idle process stays, ms. */
  idleMs: number;
}

interface Prepared {
  /** The prepared photo, or the reason there is none. */
  outcome: PreparedPhoto | PhotoRefused;
  cpuMs: number;
}

const tooDearText =
  'This photo takes too long to open. Open it in a photo app, save it as a new copy and add that.';
/** The photo crashed its decoder, or the decoder could not start. */
const notOpenedText =
  'We couldn’t open this photo just now. Try again; if it keeps happening, open it in a photo app, save it as a new copy and add that.';

type Answer = Frame | 'too dear' | 'died' | 'stopped';

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** Like scripts/start.js: memory of one photo is returned before the next. */
const env: Record<string, string> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '262144',
  // Nothing from the server's environment, which has its secrets.
  ...(process.env.LD_LIBRARY_PATH ? { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH } : {}),
  ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
};

/**
 * Decodes photos one at a time in a child process. Starts it for the first photo, kills it with a
 * photo that exceeds its limits, and ends it when it is idle or the server is gone. It runs at low
 * priority.
 */
export function createDecoderProcess(bounds: DecoderBounds, log?: Pick<Logger, 'error'>) {
  let child: Child | null = null;
  let idle: NodeJS.Timeout | undefined;
  let settle: ((answer: Answer) => void) | null = null;
  let lastJob = 0;

  const stop = () => {
    clearTimeout(idle);
    child?.kill('SIGKILL');
    child = null;
    settle?.('stopped');
  };

  const start = (): Child => {
    const main = fileURLToPath(new URL('./decoder-main.ts', import.meta.url));
    const started = spawn(
      process.execPath,
      [
        '--max-semi-space-size=1',
        '--expose-gc',
        '--disable-warning=ExperimentalWarning',
        main,
        `${bounds.cpuMs}`,
        `${bounds.maxBytes}`,
      ],
      { stdio: ['pipe', 'pipe', 'ignore'], env: env as NodeJS.ProcessEnv },
    );
    // A stopped process has no say about its successor.
    const gone = (why: object, answer: Answer) => {
      if (child !== started) return;
      child = null;
      if (answer === 'died') log?.error('photo decoder died', { ...why, busy: settle !== null });
      settle?.(answer);
    };
    started.once('exit', (code, signal) =>
      gone({ code, signal }, signal === SPENT_SIGNAL ? 'too dear' : 'died'),
    );
    started.once('error', (error) => gone(describeError(error), 'died'));
    started.stdin.on('error', () => undefined);
    started.stdout.on(
      'data',
      createFrameReader((frame) => {
        // Never take one photo's answer for another's, whatever happens to a process.
        if ((frame.head as { job: number }).job === lastJob) settle?.(frame);
      }),
    );
    try {
      if (started.pid) setPriority(started.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // Not every system lets a process lower its priority.
    }
    return started;
  };

  /** Keeps the program alive only while the process is busy. */
  const hold = (process: Child, on: boolean) => {
    for (const part of [process, process.stdin, process.stdout] as { ref?(): void; unref?(): void }[])
      on ? part.ref?.() : part.unref?.();
  };

  const decode = async (bytes: Bytes): Promise<Answer> => {
    child ??= start();
    const worker = child;
    hold(worker, true);
    const answer = await new Promise<Answer>((resolve) => {
      const deadline = setTimeout(() => worker.kill(SPENT_SIGNAL), bounds.deadlineMs);
      settle = (arrived) => {
        clearTimeout(deadline);
        settle = null;
        resolve(arrived);
      };
      lastJob += 1;
      writeFrame(worker.stdin, { head: { job: lastJob }, parts: [bytes] });
    });
    hold(worker, false);
    return answer;
  };

  return {
    /**
     * Prepares one photo; the caller waits for it before the next. If the process is killed from
     * outside, or by the system, retries once in a new one.
     *
     * @param isLarge runs in a process of its own, so that all memory is available, and freed at
     *   once
     */
    async prepare(bytes: Bytes, isLarge: boolean): Promise<Prepared> {
      clearTimeout(idle);
      if (isLarge) stop();
      let answer = await decode(bytes);
      if (answer === 'died') answer = await decode(bytes);
      if (isLarge) stop();
      else idle = setTimeout(stop, bounds.idleMs).unref();
      if (typeof answer === 'object') return read(answer);
      const text = answer === 'too dear' ? tooDearText : notOpenedText;
      return { outcome: new PhotoRefused(text), cpuMs: bounds.cpuMs };
    },
    stop,
  };
}

function read({ head, parts: [full, preview] }: Frame): Prepared {
  const result = head as {
    cpuMs: number;
    photo?: Omit<PreparedPhoto, 'full' | 'preview'>;
    refused: string;
    code: PhotoRefused['code'];
  };
  const outcome =
    result.photo && full && preview
      ? { ...result.photo, full, preview }
      : new PhotoRefused(result.refused, result.code);
  return { outcome, cpuMs: result.cpuMs };
}
