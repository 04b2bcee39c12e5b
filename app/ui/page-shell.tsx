import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';
import { SiteHeader, type SiteHeaderProps } from './site-header.tsx';

export type PageShellProps = SiteHeaderProps & {
  children: ReactNode;
  width?: 'reading' | 'list' | 'wide' | 'form';
  /** Where a page without navigation leads back to: nothing else is to be seen while writing. */
  back?: { to: string; label: string } | undefined;
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

function QuietHeader({ to, label }: { to: string; label: string }) {
  return (
    <header className="quiet-header">
      <Link to={to} className="quiet-back">
        <Icon name="back" />
        {label}
      </Link>
    </header>
  );
}

/** The layout of every page: skip link, header, the one `<main id="main">`, footer. */
export function PageShell({ children, width = 'list', back, ...header }: PageShellProps) {
  return (
    <div className={back ? 'page page-quiet' : header.person ? 'page page-with-mail' : 'page'}>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      {back ? <QuietHeader {...back} /> : <SiteHeader {...header} />}
      <main id="main" className={`page-main page-main-${width}`} tabIndex={-1}>
        {children}
      </main>
      {back ? null : <SiteFooter />}
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
