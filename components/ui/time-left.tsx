'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { formatTimeLeft } from './time-format'

interface TimeLeftProps {
  /** ISO text. */
  until: string
  /** When the page was made, in milliseconds since 1970. */
  nowMs: number
}

const EVERY_MS = 5_000

/** "14 minutes", counting down; draws the page anew when the time is over. */
export function TimeLeft({ until, nowMs }: TimeLeftProps) {
  const router = useRouter()
  const [now, setNow] = useState(nowMs)
  const leftMs = new Date(until).getTime() - now
  useEffect(() => {
    // The browser's clock may be another one: only the time that passes is taken from it.
    const offset = nowMs - Date.now()
    const timer = setInterval(() => setNow(Date.now() + offset), EVERY_MS)
    return () => clearInterval(timer)
  }, [nowMs])
  const isOver = leftMs <= 0
  useEffect(() => {
    if (isOver) router.refresh()
  }, [isOver, router])
  return formatTimeLeft(leftMs)
}
