/** Something the operator can put right: one sentence or two that say what to do. Exit code 1. */
export class Problem extends Error {
  readonly exitCode: 1 | 2 = 1
}

/** The command line itself is wrong; nothing was done. Exit code 2. */
export class UsageProblem extends Problem {
  override readonly exitCode = 2
}
