/** Every error that a program can get, by the name in which its `type` ends. */
const KINDS = {
  'invalid-request': { status: 400, title: 'The request is not valid.' },
  'invalid-credentials': { status: 401, title: 'Email or password is incorrect.' },
  'second-factor-required': { status: 401, title: 'A second factor is required.' },
  'invalid-token': { status: 401, title: 'The token is not valid.' },
  'session-ended': { status: 401, title: 'The session has ended.' },
  'ip-not-allowed': { status: 403, title: 'Your IP address is not allowed.' },
  'not-found': { status: 404, title: 'There is no such address.' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method.' },
  'body-too-large': { status: 413, title: 'The body is too large.' },
  'unsupported-media-type': { status: 415, title: 'The body has to be JSON.' },
  'too-many-attempts': { status: 429, title: 'Too many attempts.' },
  'internal-error': { status: 500, title: 'Something went wrong here.' },
  unavailable: { status: 503, title: 'Gatehouse is not available now.' },
} as const

export type ProblemName = keyof typeof KINDS

interface More {
  /** Members beside the standard ones. */
  members?: Readonly<Record<string, unknown>>
  headers?: Readonly<Record<string, string>>
}

/** An answer to a program that is not the one it hoped for; thrown, and turned into problem+json at the door. */
export class ApiProblem extends Error {
  readonly status: number

  constructor(
    readonly kind: ProblemName,
    readonly detail: string,
    readonly more: More = {},
  ) {
    super(`${kind}: ${detail}`)
    this.status = KINDS[kind].status
  }

  /** The body of the answer (RFC 9457). `appUrl` is an origin. */
  body(appUrl: string): Record<string, unknown> {
    const { status, title } = KINDS[this.kind]
    return {
      type: `${appUrl}/problems/${this.kind}`,
      title,
      status,
      detail: this.detail,
      ...this.more.members,
    }
  }
}
