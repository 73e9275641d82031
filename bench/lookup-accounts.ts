export function measureAccounts(): void {}
