import { OFFICE } from '../fixtures/places'
import type { Headers } from './seen'

/** Asks the next proxy to drop, as hop-by-hop headers (RFC 9110 §7.6.1), what the first one wrote. */
export const DROPPED: Headers = {
  'x-forwarded-for': OFFICE,
  connection: 'close, x-forwarded-for, x-real-ip, forwarded',
}

/** What a client may send to be taken for somebody else, or for nobody. */
export const FORGED: readonly Headers[] = [
  { 'x-forwarded-for': OFFICE },
  { 'x-forwarded-for': `${OFFICE}, 127.0.0.1` },
  { 'x-forwarded-for': [OFFICE, '203.0.113.66', '127.0.0.1'] },
  { 'x-forwarded-for': ['127.0.0.1', ''] },
  { 'x-forwarded-for': 'unknown' },
  { 'x-forwarded-for': '"garbage' },
  { 'x-forwarded-for': `${OFFICE}:99999, 010.0.0.1, ::ffff:0:127.0.0.1` },
  DROPPED,
  {
    'x-real-ip': OFFICE,
    forwarded: `for=${OFFICE}`,
    'cf-connecting-ip': OFFICE,
    'x-gatehouse-request': OFFICE,
  },
]
