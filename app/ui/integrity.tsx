import { Scripts } from '@remix-run/react';
import {
  Children,
  cloneElement,
  createContext,
  Fragment,
  isValidElement,
  type ReactNode,
  useContext,
} from 'react';
import { useNonce } from './nonce.tsx';

const Integrity = createContext<Record<string, string>>({});

/**
 * Provides hashes on the server. In the browser there is no provider, and the page stays as it
 * came.
 */
export const IntegrityProvider = Integrity.Provider;

/**
 * Tells the browser the hash of every module it may load, including those that pages load later.
 * Remix names its modules in script text, so an import map is the only place. Browsers without
 * `integrity` support load them as before. It must come before anything that loads a module.
 */
export function ScriptIntegrity() {
  const files = Object.entries(useContext(Integrity)).filter(([path]) => /^\/assets\/.+\.js$/.test(path));
  const map = JSON.stringify({ integrity: Object.fromEntries(files) });
  return (
    <script
      type="importmap"
      nonce={useNonce()}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: paths and hashes of our own build
      dangerouslySetInnerHTML={{ __html: map.replaceAll('<', '\\u003c') }}
    />
  );
}

/**
 * Renders Remix's scripts, and adds hashes to what the page preloads, which the import map doesn't
 * cover.
 */
export function CheckedScripts() {
  const integrity = useContext(Integrity);
  return withIntegrity(Scripts({ nonce: useNonce() }), integrity);
}

function withIntegrity(node: ReactNode, integrity: Record<string, string>): ReactNode {
  return Children.map(node, (child) => {
    if (!isValidElement<{ href?: string; integrity?: string; children?: ReactNode }>(child)) return child;
    if (child.type === 'link') return cloneElement(child, { integrity: integrity[child.props.href ?? ''] });
    return child.type === Fragment ? withIntegrity(child.props.children, integrity) : child;
  });
}

export function CheckedStylesheet({ href }: { href: string }) {
  return (
    <link rel="stylesheet" href={href} integrity={useContext(Integrity)[href]} suppressHydrationWarning />
  );
}
