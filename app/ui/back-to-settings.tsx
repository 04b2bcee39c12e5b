import { Link } from '@remix-run/react';

export function BackToSettings() {
  return (
    <p className="form-aside">
      <Link to="/settings">Settings</Link>
    </p>
  );
}
