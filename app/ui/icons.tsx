const shapes = {
  inbox: (
    <>
      <path d="M3 7.5h18v11.5H3z" />
      <path d="m3 8 9 6.5L21 8" />
    </>
  ),
  sent: (
    <>
      <path d="M20.5 4 3 10.6l6.6 3L20.5 4Z" />
      <path d="M20.5 4 13 20.5l-3.4-6.9" />
    </>
  ),
  drafts: (
    <>
      <path d="M6 3.5h8.5L19 8v12.5H6z" />
      <path d="M14.5 3.5V8H19M9 12h7M9 15.5h4.5" />
    </>
  ),
  write: (
    <>
      <path d="M20.5 3.5C13 4 8 8.5 6.5 15.5L4 20.5" />
      <path d="M6.5 15.5c6 .5 9.5-1.5 10.5-4.5l-2.5-.2c2.5-.8 5-3.3 6-7.3" />
    </>
  ),
  friends: (
    <>
      <circle cx="8.5" cy="9" r="3.2" />
      <circle cx="16.5" cy="10" r="2.6" />
      <path d="M2.5 19.5c.6-3.7 2.8-5.6 6-5.6s5.4 1.9 6 5.6M15.5 15c3.3-.6 5.5 1.1 6 4.5" />
    </>
  ),
  leave: (
    <>
      <path d="M14 4H5v16h9" />
      <path d="M10.5 12H21m-3.5-3.5L21 12l-3.5 3.5" />
    </>
  ),
} as const;

export type IconName = keyof typeof shapes;

/** A small icon beside a word; decorative, so hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}
