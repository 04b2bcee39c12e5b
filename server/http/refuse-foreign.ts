import type { MiddlewareHandler } from 'hono';
import type { Deps } from '../deps.ts';
import type { App } from './app.ts';
import { hostKindOf, hostnameOf } from './host-kind.ts';
import { refuse } from './refusal-page.ts';
import { mayChangeState } from './same-origin.ts';

type AddressDeps = Pick<Deps, 'env' | 'log'>;

/** How many names to log hints about, so that scanners fill neither the memory nor the log. */
const namesHinted = 20;

/**
 * Refuses requests for a foreign host (RFC 9110, 15.5.20). Logs a hint, once for each name, when
 * people use another address than `APP_URL`.
 */
export function refuseForeignHosts({ env, log }: AddressDeps): MiddlewareHandler<App> {
  const workerUrl = env.QUEUE.driver === 'qstash' ? env.QUEUE.workerUrl : null;
  const hinted = new Set<string>();
  return async (c, next) => {
    const host = c.req.header('host');
    const kind = hostKindOf(host, env.APP_URL);
    const isJob = workerUrl !== null && c.req.path.startsWith('/api/jobs');
    if (kind === 'own' || (isJob && hostKindOf(host, workerUrl) === 'own')) return next();
    const asked = shorten(host);
    const hint = `If people open http(s)://${asked}, set APP_URL to it; otherwise, make the proxy pass on the Host header. APP_URL is ${env.APP_URL}.`;
    const name = hostnameOf(asked ?? '');
    if (name !== null && !hinted.has(name) && hinted.size < namesHinted) {
      hinted.add(name);
      log.error('setting to look at', { hint });
    }
    if (kind === 'private') return next();
    log.info('foreign host refused', { requestId: c.get('requestId'), host: asked, hint });
    return refuse(c, 421, {
      title: 'This isn’t the right address',
      text: 'This server doesn’t answer to the name you used.',
      address: linkOf(env),
    });
  };
}

/**
 * Refuses changes requested by pages of another origin. Logs the setting to change in case the page
 * is ours.
 */
export function refuseForeignOrigins({ env, log }: AddressDeps): MiddlewareHandler<App> {
  const secure = env.APP_URL.startsWith('https:');
  return async (c, next) => {
    if (mayChangeState(c.req.raw, secure)) return next();
    const [origin, host] = [c.req.header('origin'), c.req.header('host')].map(shorten);
    const page = URL.parse(origin ?? '');
    const isOwnWithoutTls =
      secure && page?.protocol === 'http:' && hostKindOf(page.host, env.APP_URL) !== 'foreign';
    const hint = isOwnWithoutTls
      ? `People open this installation over http: make the proxy redirect them to ${env.APP_URL}.`
      : `If people open this installation at this origin, set APP_URL to it. APP_URL is ${env.APP_URL}.`;
    log.info('foreign origin refused', { requestId: c.get('requestId'), origin, host, hint });
    return refuse(c, 403, {
      title: isOwnWithoutTls ? 'This connection isn’t secure' : 'That came from another website',
      text: isOwnWithoutTls
        ? 'We ignored your form: this connection isn’t encrypted, so others may have read what you sent.'
        : 'This form came from another website, so we ignored it.',
      address: linkOf(env),
    });
  };
}

/** Links to no default address: for any other machine, localhost is that machine. */
const linkOf = (env: Deps['env']) => (env.APP_URL_IS_DEFAULT ? null : env.APP_URL);

/** A DNS name has at most 253 characters; the rest is useless in the log. */
const shorten = (text: string | undefined) => text?.slice(0, 260);
