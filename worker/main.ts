import { createContainer } from '#server/container.ts';
import { EnvError, readEnv } from '#server/env.ts';
import { type Listening, listen } from '#server/http/listen.ts';
import { logConsole } from '#server/log-console.ts';
import { createWorker } from './create-worker.ts';
import { createJobsApp } from './http.ts';

/**
 * Runs a separate worker process. With `--http`, its queue delivers to it over HTTP, on `HOST` and
 * `PORT`.
 */
async function main(overHttp: boolean): Promise<void> {
  const env = readEnv(process.env);
  const container = await createContainer(env);
  const { queueDriver: driver, log } = container;
  logConsole(log);
  if (driver.kind === 'memory') {
    throw new EnvError(
      'The in-memory queue has its worker inside the web server: set QUEUE_DRIVER to bullmq or qstash to run one separately.',
    );
  }
  if (overHttp !== Boolean(driver.handle)) {
    throw new EnvError(
      `QUEUE_DRIVER=${driver.kind} needs "npm run ${driver.handle ? 'worker:http' : 'worker'}".`,
    );
  }
  const server: Listening | undefined = overHttp
    ? await listen(createJobsApp(driver), { host: env.HOST, port: env.PORT })
    : undefined;
  const worker = createWorker(driver, container);
  log.info('worker started', { queue: driver.kind, port: server?.port });

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    await worker.close();
    await server?.close(1000);
    await container.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  await main(process.argv.includes('--http'));
} catch (error) {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
}
