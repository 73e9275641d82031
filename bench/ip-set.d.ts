declare module 'ip-set' {
  export default class IPSet {
    constructor(cidrs: readonly string[])
    contains(address: string): boolean
  }
}
