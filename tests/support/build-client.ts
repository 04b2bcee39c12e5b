import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { clientIsCurrent } from '../../scripts/build-state.js';

/** Builds the client package if its sources changed. */
export async function buildClient(): Promise<void> {
  if (!clientIsCurrent()) await promisify(execFile)(process.execPath, ['scripts/build-client.js']);
}
