import { BlockList } from 'node:net'
import IPSet from 'ip-set'
import ipaddr from 'ipaddr.js'
import { createChecker } from 'is-in-subnet'
import { Reader, type Response } from 'mmdb-lib'
import proxyAddr from 'proxy-addr'
import { compileLookup } from '@/lib/core/lookup'
import { bareV4, bareV6 } from './lookup-bare'
import { writeMmdb } from './lookup-mmdb'
import type { Workload } from './lookup-workload'

/** Builds an index over the workload; what comes out answers a text with whether it is listed. */
export interface Rival {
  name: string
  /** Knows no IPv6. */
  onlyV4?: boolean
  /** Names the range that matched, not only whether there is one. */
  namesRange: boolean
  build(workload: Workload): { has(text: string): boolean; bytes?: number }
}

export async function rivals(): Promise<Rival[]> {
  return [gatehouse, bare, mmdb, ipSet, blockList, proxyAddress, ipaddrJs, isInSubnet, await cidrMatcher()]
}

const gatehouse: Rival = {
  name: 'gatehouse',
  namesRange: true,
  build({ entries }) {
    const lookup = compileLookup(entries)
    const now = Date.now()
    return { has: (text) => lookup.find(text, now) !== null, bytes: lookup.bytes }
  },
}

const bare: Rival = {
  name: 'bare prototype',
  namesRange: false,
  build: (workload) => (workload.family === 4 ? bareV4(workload) : bareV6(workload)),
}

const mmdb: Rival = {
  name: 'mmdb-lib',
  namesRange: true,
  build({ blocks, family }) {
    const buffer = writeMmdb(blocks, family === 4 ? 32 : 128)
    const reader = new Reader<Response>(buffer)
    return { has: (text) => reader.get(text) !== null, bytes: buffer.length }
  },
}

const ipSet: Rival = {
  name: 'ip-set',
  onlyV4: true,
  namesRange: false,
  build({ cidrs }) {
    const set = new IPSet(cidrs)
    return { has: (text) => set.contains(text) }
  },
}

const blockList: Rival = {
  name: 'net.BlockList',
  namesRange: false,
  build({ cidrs, family }) {
    const list = new BlockList()
    const type = `ipv${family}` as const
    for (const cidr of cidrs) {
      const slash = cidr.indexOf('/')
      list.addSubnet(cidr.slice(0, slash), Number(cidr.slice(slash + 1)), type)
    }
    return { has: (text) => list.check(text, type) }
  },
}

const proxyAddress: Rival = {
  name: 'proxy-addr',
  namesRange: false,
  build({ cidrs }) {
    const trust = proxyAddr.compile(cidrs)
    return { has: (text) => trust(text, 0) }
  },
}

const ipaddrJs: Rival = {
  name: 'ipaddr.js',
  namesRange: false,
  build({ cidrs }) {
    const list = { listed: cidrs.map((cidr) => ipaddr.parseCIDR(cidr)) }
    return { has: (text) => ipaddr.subnetMatch(ipaddr.parse(text), list, '') === 'listed' }
  },
}

const isInSubnet: Rival = {
  name: 'is-in-subnet',
  namesRange: false,
  build({ cidrs }) {
    return { has: createChecker(cidrs) }
  },
}

async function cidrMatcher(): Promise<Rival> {
  const { default: Matcher } = await import('cidr-matcher')
  return {
    name: 'cidr-matcher',
    namesRange: false,
    build({ cidrs }) {
      const matcher = new Matcher(cidrs)
      return { has: (text) => matcher.contains(text) }
    },
  }
}
