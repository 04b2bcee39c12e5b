import type * as bull from 'bullmq';
import { Backoffs, UnrecoverableError as BullUnrecoverableError } from 'bullmq';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { backoffDelay } from '#server/queue/backoff.ts';
import type {
  BackoffOptions,
  DeduplicationOptions,
  Job,
  JobSchedulerTemplate,
  JobsOptions,
  Processor,
  Queue,
  RepeatOptions,
  Worker,
  WorkerEvents,
  WorkerOptions,
} from '#server/queue/queue.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';

/**
 * BullMQ's `Job` is a class with private members, which nothing else can be assigned to: wherever its types mention it,
 * our job takes its place, and the job itself is compared member by member.
 */
type WithOurJob<T> = T extends bull.Job
  ? Job
  : T extends Promise<infer Value>
    ? Promise<WithOurJob<Value>>
    : T extends readonly bull.Job[]
      ? Job[]
      : T;
/** Stays a method, so that its parameters are compared as those of any class's method are. */
type Told<Method> = Method extends (...args: infer Args) => infer Result
  ? { method(...args: Args): WithOurJob<Result> }['method']
  : Method;
type TelledMembers<T> = { [Key in keyof T]: Told<T[Key]> };

/** Compiles only if a value of the first type can stand where the second is expected. */
function assignable<Ours extends Theirs, Theirs>(_ours?: Ours, _theirs?: Theirs): void {}

type QueueWords = 'name' | 'add' | 'addBulk' | 'getJob' | 'pause' | 'resume' | 'isPaused' | 'close';
type WorkerWords = 'concurrency' | 'lockDuration' | 'maxStalledCount' | 'stalledInterval' | 'autorun';

describe('the port says what BullMQ says', () => {
  test('types: options, job, queue and worker fit where BullMQ expects its own', () => {
    assignable<JobsOptions, Pick<bull.JobsOptions, keyof JobsOptions>>();
    assignable<BackoffOptions, bull.BackoffOptions>();
    assignable<DeduplicationOptions, bull.DeduplicationOptions>();
    assignable<RepeatOptions, Omit<bull.RepeatOptions, 'key'>>();
    assignable<JobSchedulerTemplate['opts'], bull.JobSchedulerTemplateOptions | undefined>();
    assignable<Omit<WorkerOptions, 'closeDeadline'>, Pick<bull.WorkerOptions, WorkerWords>>();
    expectTypeOf<Exclude<keyof WorkerOptions, WorkerWords>>().toEqualTypeOf<'closeDeadline'>();

    type JobWords =
      | 'id'
      | 'name'
      | 'data'
      | 'opts'
      | 'attemptsMade'
      | 'timestamp'
      | 'processedOn'
      | 'finishedOn';
    assignable<Job, Pick<bull.Job, JobWords | 'returnvalue' | 'getState' | 'retry' | 'remove'>>();
    // BullMQ's type claims a reason even for a job that never failed.
    assignable<Job, Partial<Pick<bull.Job, 'failedReason'>>>();

    assignable<Queue, TelledMembers<Pick<bull.Queue, QueueWords>>>();
    assignable<Queue, Pick<bull.Queue, 'removeJobScheduler'>>();
    expectTypeOf<Awaited<ReturnType<Queue['getJobCounts']>>>().toEqualTypeOf<
      Awaited<ReturnType<bull.Queue['getJobCounts']>>
    >();
    assignable<Parameters<Queue['getJobCounts']>, Parameters<bull.Queue['getJobCounts']>>();
    assignable<Parameters<Queue['upsertJobScheduler']>, Parameters<bull.Queue['upsertJobScheduler']>>();

    assignable<Pick<Worker, 'close' | 'run'>, Pick<bull.Worker, 'close' | 'run'>>();
    assignable<keyof WorkerEvents, keyof bull.WorkerListener>();
  });

  test('types: what is written for our port runs on BullMQ', () => {
    // Their options are wider (own backoff strategies, flows); a job we added has ours.
    type BullJob = Omit<bull.Job, 'opts' | 'id'> & { id: string; opts: JobsOptions };
    assignable<BullJob, Job>();
    assignable<BullJob, Parameters<Processor>[0]>();
  });

  test.each<[string, BackoffOptions | number]>([
    ['a number', 250],
    ['fixed', { type: 'fixed', delay: 250 }],
    ['exponential', { type: 'exponential', delay: 250 }],
  ])('backoff %s waits as long as BullMQ does', (_, backoff) => {
    const normalized = Backoffs.normalize(backoff) ?? expect.fail();
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const theirs = Backoffs.calculate(normalized, attempt, new Error('x'), {} as bull.MinimalJob);
      expect(backoffDelay(backoff, attempt)).toBe(theirs);
    }
  });

  test.each(['fixed', 'exponential'] as const)('jitter takes at most its share off a %s backoff', (type) => {
    const backoff = { type, delay: 1000, jitter: 0.25 };
    const longest = type === 'fixed' ? 1000 : 4000;
    expect(backoffDelay(backoff, 3, () => 0)).toBe(longest * 0.75);
    expect(backoffDelay(backoff, 3, () => 0.999999)).toBe(longest - 1);
  });

  test('our UnrecoverableError carries the name by which BullMQ knows its own', () => {
    expect(new UnrecoverableError('no').name).toBe(new BullUnrecoverableError('no').name);
  });
});
