import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AppProcess, startApp } from '#tests/support/app-process.ts';
import { freePort } from '#tests/support/free-port.ts';
import { ask, createVisitor } from '#tests/support/http-client.ts';
import { joinByForm } from '#tests/support/journey-visitors.ts';

const has = (program: string, ...args: string[]) =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;
const hasNginx = has('nginx', '-v') && has('openssl', 'version');
const hasCaddy = has('caddy', 'version');

interface Ports {
  app: number;
  http: number;
  https: number;
}

/** A proxy with one of the examples of docs/proxies, on free ports of this machine. */
type StartProxy = (folder: string, ports: Ports) => Promise<ChildProcess>;

const name = 'letters.example.com';

const startNginx =
  (alter = (conf: string) => conf): StartProxy =>
  async (folder, { app, http, https }) => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const subject = ['-subj', `/CN=${name}`, '-keyout', key, '-out', certificate];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], {
      stdio: 'ignore',
    });
    const example = (await readFile('docs/proxies/nginx.conf', 'utf8'))
      .replaceAll(/listen \[::\].*\n/g, '')
      .replace('listen 80', `listen 127.0.0.1:${http}`)
      .replace('listen 443', `listen 127.0.0.1:${https}`)
      .replace('127.0.0.1:3000', `127.0.0.1:${app}`)
      .replace(/ssl_certificate .*/, `ssl_certificate ${certificate};`)
      .replace(/ssl_certificate_key .*/, `ssl_certificate_key ${key};`);
    const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const frame = `
      ${process.getuid?.() === 0 ? 'user root;' : ''}
      daemon off; error_log stderr; pid ${folder}/pid;
      events {}
      http { access_log off; ${kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
      ${alter(example)} }`;
    await writeFile(join(folder, 'nginx.conf'), frame);
    return spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  };

const startCaddy: StartProxy = async (folder, { app, http, https }) => {
  const example = (await readFile('docs/proxies/Caddyfile', 'utf8'))
    .replace('# tls internal', 'tls internal\n\tbind 127.0.0.1')
    .replace('127.0.0.1:3000', `127.0.0.1:${app}`);
  const frame = `{\n admin off\n http_port ${http}\n https_port ${https}\n skip_install_trust\n}\n`;
  await writeFile(join(folder, 'Caddyfile'), frame + example);
  return spawn('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {
    stdio: 'ignore',
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
};

const bare = (conf: string) => conf.replaceAll(/^\s*proxy_set_header .*\n/gm, '');

describe.each<[string, boolean, StartProxy]>([
  ['nginx as in docs/proxies/nginx.conf', hasNginx, startNginx()],
  ['nginx that passes neither Host nor client on', hasNginx, startNginx(bare)],
  ['Caddy as in docs/proxies/Caddyfile', hasCaddy, startCaddy],
])('%s', (title, isInstalled, start) => {
  let app: AppProcess;
  let proxy: ChildProcess;
  let folder: string;
  let ports: Ports;
  let appUrl: string;
  const tellsClients = !title.includes('neither');

  beforeAll(async () => {
    if (!isInstalled) return;
    folder = await mkdtemp(join(tmpdir(), 'bff-proxy-'));
    const [http, https] = [await freePort(), await freePort()];
    appUrl = `https://${name}:${https}`;
    app = await startApp({ env: { APP_URL: appUrl, TRUST_PROXY: '127.0.0.1' } });
    ports = { app: Number(new URL(app.url).port), http, https };
    proxy = await start(folder, ports);
    const isUp = () =>
      through('/healthz').then(
        ({ status }) => status === 200,
        () => false,
      );
    await vi.waitUntil(isUp, { timeout: 60_000, interval: 200 });
  }, 120_000);
  afterAll(async () => {
    if (!isInstalled) return;
    const ended = new Promise((resolve) => proxy.once('exit', resolve));
    if (proxy.exitCode === null && proxy.kill('SIGTERM')) await ended;
    await app.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const host = () => `${name}:${ports.https}`;
  const through = (path: string) =>
    ask(`https://127.0.0.1:${ports.https}${path}`, { headers: { host: host() } });

  it.runIf(isInstalled)('carries forms without JavaScript, with cookies for https alone', async () => {
    const visitor = createVisitor(`https://127.0.0.1:${ports.https}`, { host: host(), origin: appUrl });
    expect(await joinByForm(visitor, 'alpha')).toHaveLength(12);
    expect([...visitor.cookies.keys()]).toContain('__Host-bff');
    const strange = { origin: 'https://evil.example.test' };
    expect(
      (await visitor.post('/feedback', { subject: 'Hi', message: 'From elsewhere' }, strange)).status,
    ).toBe(403);
  });

  it.runIf(isInstalled)('lets a letter’s photos through to the app', async () => {
    const visitor = createVisitor(`https://127.0.0.1:${ports.https}`, { host: host(), origin: appUrl });
    const bytes = new Uint8Array(11_000_000);
    const photo = { field: 'photos', name: 'large.jpg', type: 'image/jpeg', bytes };
    const answer = await visitor.upload('/write', {}, [photo]);
    // Nobody is logged in: it is the app that says so, not the proxy.
    expect(answer.headers['x-request-id']).toBeDefined();
  });

  it.runIf(isInstalled)(
    'shows nobody the local mailbox or, where it tells of clients, the numbers',
    async () => {
      expect((await through('/dev/mailbox')).status).toBe(404);
      if (tellsClients) expect((await through('/metrics')).status).toBe(404);
    },
  );

  it.runIf(isInstalled)('sends http on to https', async () => {
    const answer = await ask(`http://127.0.0.1:${ports.http}/login`, { headers: { host: name } });
    expect([301, 308]).toContain(answer.status);
    expect(answer.location).toMatch(/^https:\/\/letters\.example\.com(:\d+)?\/login$/);
  });
});
