/** Whose sealed session this page is of, as its data said when it came; null for none. */
let owner: string | null = null;

export const pageOwner = (): string | null => owner;

export function setPageOwner(username: string | null): void {
  owner = username;
}
