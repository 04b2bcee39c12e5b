/** The user this page was rendered for, in a sealed session; null for none. */
let owner: string | null = null;

export const pageOwner = (): string | null => owner;

export function setPageOwner(username: string | null): void {
  owner = username;
}
