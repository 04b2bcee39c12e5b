interface SettingsPage {
  to: string;
  name: string;
  about: string;
  /** The text of the button, before the name. */
  action: string;
  /** Replaces the name after `action` for a screen reader, where the two would make no sentence. */
  object?: string;
}

export const settingsPages: { title: string; pages: SettingsPage[] }[] = [
  {
    title: 'You',
    pages: [
      {
        to: '/settings/profile',
        name: 'Profile',
        about: 'Your name, time zone and date format',
        action: 'Change',
      },
      {
        to: '/settings/email',
        name: 'Email address',
        about: 'For letter alerts and account notices',
        action: 'Change',
      },
      {
        to: '/settings/notifications',
        name: 'Notifications',
        about: 'Email, texts, quiet hours',
        action: 'Change',
      },
      {
        to: '/settings/appearance',
        name: 'Appearance',
        about: 'Light or dark, and text size',
        action: 'Change',
      },
    ],
  },
  {
    title: 'Security',
    pages: [
      { to: '/settings/password', name: 'Password', about: 'What you log in with', action: 'Change' },
      {
        to: '/settings/two-factor',
        name: 'Two-step login',
        about: 'A code from your phone or a passkey, after your password',
        action: 'Change',
      },
      {
        to: '/settings/recovery',
        name: 'Recovery words',
        about: 'Twelve words that unlock your letters without your password',
        action: 'Get new words',
        object: 'for recovery',
      },
      {
        to: '/settings/devices',
        name: 'Devices',
        about: 'See and log out your devices',
        action: 'View',
      },
      {
        to: '/settings/sealing',
        name: 'Where letters are decrypted',
        about: 'On your devices only, or also on our server when JavaScript is off',
        action: 'View',
      },
      {
        to: '/settings/activity',
        name: 'Activity',
        about: 'Logins and changes in the last 90 days',
        action: 'View',
      },
    ],
  },
  {
    title: 'Your data',
    pages: [
      {
        to: '/settings/export',
        name: 'A copy of your letters',
        about: 'Everything in one file, readable offline',
        action: 'Download',
      },
      {
        to: '/settings/delete',
        name: 'Delete your account',
        about: 'You have 7 days to change your mind',
        action: 'Delete…',
        object: 'your account',
      },
    ],
  },
];
