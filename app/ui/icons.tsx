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
  person: (
    <>
      <circle cx="12" cy="8.5" r="3.8" />
      <path d="M4.5 20c.8-4.2 3.5-6.2 7.5-6.2s6.7 2 7.5 6.2" />
    </>
  ),
  email: (
    <>
      <circle cx="12" cy="12" r="3.6" />
      <path d="M15.6 8.5v4.7c0 3.4 4.9 3 4.9-1.2a8.5 8.5 0 1 0-3.6 7" />
    </>
  ),
  bell: <path d="M4.5 17c2-2 2-4 2-7a5.5 5.5 0 0 1 11 0c0 3 0 5 2 7zM10 19.5c.6 1.3 3.4 1.3 4 0" />,
  lamp: (
    <>
      <path d="M8 3.5h8l3 9.5H5zM12 13v7.5M8 20.5h8" />
    </>
  ),
  key: (
    <>
      <circle cx="8" cy="15.5" r="4" />
      <path d="m11 12.5 8.5-8.5M16 7.5l3 3" />
    </>
  ),
  shield: <path d="M12 3.5 5 6v6c0 4.5 3 7 7 8.5 4-1.5 7-4 7-8.5V6zM9 12l2.2 2.2L15.2 10" />,
  words: <path d="M5 4.5h14v15H5zM8 9h3m2 0h3M8 12h3m2 0h3M8 15h3m2 0h3" />,
  device: <path d="M7.5 3.5h9v17h-9zM10.5 17.5h3" />,
  seal: <path d="M6.5 10.5h11v9h-11zM9 10.5V8a3 3 0 0 1 6 0v2.5M12 14v2.5" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  download: <path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15" />,
  bin: <path d="M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 10.5v6m3-6v6" />,
  chevron: <path d="m9.5 5.5 6.5 6.5-6.5 6.5" />,
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
