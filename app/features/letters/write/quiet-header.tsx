import { Link } from '@remix-run/react';
import { ToolIcon } from './tool-icon.tsx';

/** The way back, and nothing else: there is no navigation while somebody writes. */
export function QuietHeader({ to, label }: { to: string; label: string }) {
  return (
    <header className="quiet-header">
      <Link to={to} className="quiet-back">
        <ToolIcon name="back" />
        {label}
      </Link>
    </header>
  );
}
