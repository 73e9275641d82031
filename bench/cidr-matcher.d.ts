declare module 'cidr-matcher' {
  export default class Matcher {
    constructor(cidrs: readonly string[])
    contains(address: string): boolean
  }
}
