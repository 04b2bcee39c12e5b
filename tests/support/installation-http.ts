import { createApp } from '#server/http/create-app.ts';
import { listen } from '#server/http/listen.ts';
import { createReadiness } from '#server/http/readiness.ts';
import { builtPages } from '#server/index.ts';
import { buildPages } from './build-pages.ts';
import { countServer } from './count-attacks.ts';
import { freePort } from './free-port.ts';
import { type Installation, type InstallationOptions, openInstallation } from './installation.ts';

export interface ServedInstallation extends Installation {
  /** Where it really listens, without a trailing slash. */
  readonly url: string;
}

export interface ServeOptions extends InstallationOptions {
  /** The address people use, when it is another than the one it listens on: `https://…` behind a proxy, say. */
  appUrl?: string;
  /** False: as a server that others can reach, where mails are shown to nobody. */
  localMailbox?: boolean;
}

/** A whole installation with its built pages, answering over HTTP on a port of its own. */
export async function serveInstallation(options: ServeOptions = {}): Promise<ServedInstallation> {
  await buildPages();
  const pages = await builtPages();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const world = await openInstallation({
    ...options,
    env: { APP_URL: options.appUrl ?? url, ...options.env },
  });
  const { container } = world;
  const app = createApp(container, {
    remix: pages.remix,
    assets: pages.assets,
    integrity: pages.integrity,
    localMailbox: options.localMailbox === false ? null : container.listLocalMails,
    isReady: createReadiness(container),
  });
  const server = await listen(
    app,
    { host: '127.0.0.1', port },
    { trustedProxies: container.env.TRUST_PROXY, appUrl: container.env.APP_URL },
  );
  return {
    ...world,
    url,
    async close() {
      // Whatever was done to it, it still answers.
      await countServer(url).finally(() => server.close(1_000));
      await world.close();
    },
  };
}
