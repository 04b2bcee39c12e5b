/** What the fields of all forms are called. */
const names: Readonly<Record<string, string>> = {
  arrival: 'Arrives',
  body: 'Letter',
  code: 'Code',
  confirm: 'Confirm password',
  current: 'Password',
  digestHour: 'Send summary at',
  displayName: 'Name',
  email: 'Email',
  locale: 'Date format',
  message: 'Message',
  mobile: 'Number',
  name: 'Name',
  password: 'Password',
  photos: 'Photos',
  quietFrom: 'Quiet hours start',
  quietTo: 'Quiet hours end',
  sms: 'Text',
  stampIdea: 'Stamp idea',
  subject: 'Subject',
  theirs: 'Number',
  timeZone: 'Time zone',
  title: 'Title',
  to: 'To',
  understood: 'I understand',
  username: 'Username',
  words: 'Recovery words',
};

/** What a form calls the field; null if it shows no such field. */
export function fieldName(name: string): string | null {
  const [, position] = /^word-(\d+)$/.exec(name) ?? [];
  return position ? `Word ${position}` : (names[name] ?? null);
}
