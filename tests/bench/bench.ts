import { buildPages } from '#tests/support/build-pages.ts';
import { benchAccounts } from './accounts.ts';
import { benchBothModes } from './both-modes.ts';
import { benchBytes } from './bytes.ts';
import { benchDelivery } from './delivery.ts';
import { benchInbox, benchOpen, benchPhotoLetters, benchText } from './letters.ts';
import { benchQueue } from './queue.ts';
import { benchSealed } from './sealed.ts';
import { benchSlowLogIn } from './slow-log-in.ts';

/**
 * What each step costs a person, over HTTP against the real server in a process of its own, beside the raw floors of the
 * same run. `npm run bench` takes about seven minutes; `npm run bench -- open inbox` takes these parts alone.
 */
const parts: Record<string, () => Promise<void>> = {
  accounts: benchAccounts,
  text: benchText,
  photos: benchPhotoLetters,
  open: benchOpen,
  inbox: benchInbox,
  delivery: benchDelivery,
  queue: benchQueue,
  bytes: benchBytes,
  sealed: benchSealed,
  modes: benchBothModes,
  slow: benchSlowLogIn,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
await buildPages();
for (const [name, run] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await run();
