import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { SiteHeader, type SiteHeaderProps } from './site-header.tsx';

export type PageShellProps = SiteHeaderProps & {
  children: ReactNode;
  width?: 'reading' | 'list' | 'wide' | 'form';
  /** A header of the page's own, in place of the site's header and footer. */
  header?: ReactNode;
};

function SiteFooter() {
  return (
    <footer className="site-footer">
      <nav aria-label="About this site">
        <ul className="footer-list">
          <li>
            <Link to="/about">About</Link>
          </li>
          <li>
            <Link to="/features">Features</Link>
          </li>
          <li>
            <Link to="/feedback">Feedback</Link>
          </li>
        </ul>
      </nav>
      <p className="footer-line">Letters between best friends. Take your time.</p>
    </footer>
  );
}

/** The layout of every page: skip link, header, the one `<main id="main">`, footer. */
export function PageShell({ children, width = 'list', header, ...site }: PageShellProps) {
  return (
    <div className={header ? 'page page-quiet' : site.person ? 'page page-with-mail' : 'page'}>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      {header ?? <SiteHeader {...site} />}
      <main id="main" className={`page-main page-main-${width}`} tabIndex={-1}>
        {children}
      </main>
      {header ? null : <SiteFooter />}
    </div>
  );
}

type PageHeadingProps = { title: string; children?: ReactNode; actions?: ReactNode };

/** The `<h1>` of a page, with an optional line under it and buttons beside it. */
export function PageHeading({ title, children, actions }: PageHeadingProps) {
  return (
    <div className="page-heading">
      <div>
        <h1>{title}</h1>
        {children ? <div className="page-lead">{children}</div> : null}
      </div>
      {actions ? <div className="page-actions">{actions}</div> : null}
    </div>
  );
}
