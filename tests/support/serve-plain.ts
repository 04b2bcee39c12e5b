import { serve } from '#server/index.ts';

// The server as `npm start` runs it, but for the pages: what a start does is seen in its log and its data.
try {
  await serve(process.env, { remix: async () => new Response('a page'), assets: null });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
