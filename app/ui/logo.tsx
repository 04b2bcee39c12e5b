export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 40 32" aria-hidden="true" focusable="false">
      <rect className="logo-envelope" x="1.5" y="3.5" width="37" height="27" rx="3" />
      <path className="logo-flap" d="M3 6 20 19 37 6" />
      <path
        className="logo-heart"
        d="M20 26c-6.2-4.3-8.5-7-8.5-10.1 0-2.7 2-4.7 4.4-4.7 1.7 0 3.2.9 4.1 2.5.9-1.6 2.4-2.5 4.1-2.5 2.4 0 4.4 2 4.4 4.7C28.5 19 26.2 21.7 20 26Z"
      />
    </svg>
  );
}
