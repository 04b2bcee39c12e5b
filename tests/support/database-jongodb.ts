import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { freePort } from './free-port.ts';

const PACKAGE = '@jongodb/memory-server-bin-linux-x64-gnu';
const START_TIMEOUT_MS = 15_000;

export interface WireServer {
  /** The address of an empty database. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts an independent server that speaks MongoDB's wire protocol, in memory, on a free port.
 *
 * @returns the reason when it is not installed: it exists for Linux on x64 only
 */
export async function startJongodb(): Promise<WireServer | { missing: string }> {
  const binary = findBinary();
  if (!binary) return { missing: `${PACKAGE} is not installed on ${process.platform} ${process.arch}` };
  const port = await freePort();
  const server = spawn(
    binary,
    [`--port=${port}`, '--topology-profile=singleNodeReplicaSet', '--replica-set-name=rs0'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('jongodb did not start')), START_TIMEOUT_MS);
    const settle = (error?: Error) => {
      clearTimeout(timer);
      error ? reject(error) : resolve();
    };
    server.stdout.on('data', (chunk: Buffer) => chunk.includes('JONGODB_URI=') && settle());
    server.once('error', settle);
    server.once('exit', (code) => settle(new Error(`jongodb ended with ${code}`)));
  });
  const stop = async () => {
    server.kill('SIGKILL');
    await exited;
  };
  // It ends the stream of heartbeats the driver would listen to; polled, it is steady.
  return { url: `mongodb://127.0.0.1:${port}/bff?replicaSet=rs0&serverMonitoringMode=poll`, stop };
}

function findBinary(): string | null {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
    return path.join(path.dirname(manifest), 'bin', 'jongodb');
  } catch {
    return null;
  }
}
