import { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';

/*
 * Loaded into a server before anything else (NODE_OPTIONS, see process-memory.ts). Whatever request has this header has the
 * server's whole heap written down in the moment it begins to answer: what the answer was made of is still there.
 */
export const heapHeader = 'x-write-heap';

const folder = process.env.HEAP_FOLDER;
const { writeHead } = ServerResponse.prototype;
if (folder)
  ServerResponse.prototype.writeHead = function (this: ServerResponse, ...head: unknown[]) {
    const name = this.req.headers[heapHeader];
    if (typeof name === 'string') writeHeapSnapshot(join(folder, `${name}.heapsnapshot`));
    return writeHead.apply(this, head as Parameters<typeof writeHead>);
  } as typeof writeHead;
