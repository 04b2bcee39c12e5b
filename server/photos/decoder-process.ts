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
  /** How long it stays when there is nothing to do, ms. */
  idleMs: number;
}

interface Prepared {
  /** What was made, or why there is nothing. */
  outcome: PreparedPhoto | PhotoRefused;
  /** Processor time it took, ms. */
  cpuMs: number;
}

const tooDearText =
  'This photo takes too long to open. Open it in a photo app, save it as a new copy and add that.';
/** Its decoder crashed over it, or could not be started. */
const notOpenedText =
  'We couldn’t open this photo just now. Try again; if it keeps happening, open it in a photo app, save it as a new copy and add that.';

/** What became of a photo that was handed over. */
type Answer = Frame | 'too dear' | 'died' | 'stopped';

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** As scripts/start.js has it: memory of one photo is given back before the next. */
const env: Record<string, string> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '262144',
  // Nothing of the server's environment, where its secrets are.
  ...(process.env.LD_LIBRARY_PATH ? { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH } : {}),
  ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
};

/**
 * The process that decodes photos, one at a time: started for the first, killed with a photo that takes too much, gone when there is
 * nothing to do or the server is gone. Others' work goes first on a busy processor.
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
    // One that was stopped says nothing of what its successor does.
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
        // Never one photo for another, whatever happens to a process.
        if ((frame.head as { job: number }).job === lastJob) settle?.(frame);
      }),
    );
    try {
      if (started.pid) setPriority(started.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // Not every system lets one be modest.
    }
    return started;
  };

  /** While it has nothing to do it keeps no program from ending. */
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
      settle = (said) => {
        clearTimeout(deadline);
        settle = null;
        resolve(said);
      };
      lastJob += 1;
      writeFrame(worker.stdin, { head: { job: lastJob }, parts: [bytes] });
    });
    hold(worker, false);
    return answer;
  };

  return {
    /**
     * One at a time: the caller waits for one before the next. A process that is killed from outside, or by the system, costs the
     * photo nothing: it gets another one, once.
     * @param isLarge gets a process of its own, so that it has all of the memory there is, and it is given back at once
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
  const said = head as {
    cpuMs: number;
    photo?: Omit<PreparedPhoto, 'full' | 'preview'>;
    refused: string;
    code: PhotoRefused['code'];
  };
  const outcome =
    said.photo && full && preview
      ? { ...said.photo, full, preview }
      : new PhotoRefused(said.refused, said.code);
  return { outcome, cpuMs: said.cpuMs };
}
