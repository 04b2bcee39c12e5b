/** A page of the settings as the overview shows it. */
interface SettingsPage {
  to: string;
  name: string;
  about: string;
  /** What the button says, before the name. */
  action: string;
}

/** Every page of the settings, in the groups of the overview. Whoever adds a page adds a line. */
export const settingsPages: { title: string; pages: SettingsPage[] }[] = [
  {
    title: 'You',
    pages: [
      {
        to: '/settings/profile',
        name: 'Profile',
        about: 'Your name, your time zone, how dates are written',
        action: 'Change',
      },
      {
        to: '/settings/email',
        name: 'E-mail address',
        about: 'Where you are told of letters, and of changes to your account',
        action: 'Change',
      },
      {
        to: '/settings/notifications',
        name: 'Notifications',
        about: 'Mail, texts, quiet hours, once a day',
        action: 'Change',
      },
      {
        to: '/settings/appearance',
        name: 'Appearance',
        about: 'Light or dark, and how large the text is',
        action: 'Change',
      },
    ],
  },
  {
    title: 'Your keys to this place',
    pages: [
      { to: '/settings/password', name: 'Password', about: 'What you log in with', action: 'Change' },
      {
        to: '/settings/two-factor',
        name: 'Two-factor log-in',
        about: 'A code of your phone or a passkey, asked for after the password',
        action: 'Change',
      },
      {
        to: '/settings/recovery',
        name: 'Recovery words',
        about: 'The twelve words that open your letters without the password',
        action: 'Renew',
      },
      {
        to: '/settings/devices',
        name: 'Devices',
        about: 'Where you are logged in, and how to end it',
        action: 'See',
      },
      {
        to: '/settings/sealing',
        name: 'Where letters are opened',
        about: 'On your devices, or also by the server where JavaScript is off',
        action: 'See',
      },
      {
        to: '/settings/activity',
        name: 'Activity',
        about: 'Log-ins and changes of the last 90 days',
        action: 'See',
      },
    ],
  },
  {
    title: 'All of it',
    pages: [
      {
        to: '/settings/export',
        name: 'A copy of your letters',
        about: 'Everything in one file, to read without us',
        action: 'Download',
      },
      {
        to: '/settings/delete',
        name: 'Delete your account',
        about: 'With a week to think better of it',
        action: 'Look at it',
      },
    ],
  },
];
