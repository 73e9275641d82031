import { api } from '@/lib/server/api'

/** Programs get problem+json for a mistyped address, not a page. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({})
