import { argon2Node } from './argon2-node.ts';
import { type BffClientOptions, createClient } from './create-bff-client.ts';
import { preparePhotoInNode } from './prepare-photo-node.ts';

export * from './public.ts';

/** Creates a client for Node 20 and newer; see {@link BffClient}. */
export const createBffClient = (options: BffClientOptions) =>
  createClient(
    {
      argon2: argon2Node,
      preparePhoto: preparePhotoInNode,
      userAgent: `bff-client (Node ${process.versions.node})`,
    },
    options,
  );
