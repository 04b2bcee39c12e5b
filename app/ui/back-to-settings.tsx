import { Link } from '@remix-run/react';

/** The way out at the end of each page of the settings. */
export function BackToSettings() {
  return (
    <p className="form-aside">
      <Link to="/settings">Settings</Link>
    </p>
  );
}
