'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 3_000

/** Reads the page again every three seconds while somebody can see it, and at once when they come back to it. */
export function ReloadWhileVisible() {
  const router = useRouter()
  useEffect(() => {
    const reload = () => {
      if (document.visibilityState === 'visible') router.refresh()
    }
    const timer = setInterval(reload, EVERY_MS)
    document.addEventListener('visibilitychange', reload)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', reload)
    }
  }, [router])
  return null
}
